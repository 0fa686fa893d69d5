import { AsyncLocalStorage } from 'node:async_hooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallAbortedError, CallTimeoutError, PoolClosedError, SelectAIError } from '../src/index.ts'
import { AdmissionQueue, type AdmissionRequest, type Slot } from '../src/pool/admission-queue.ts'
import { Deadline } from '../src/pool/deadline.ts'

class Refused extends SelectAIError {
  constructor(code: string) {
    super({ message: code, code, retryable: true })
  }
}

function request(deadline: Deadline, queueTimeoutMs = 10_000): AdmissionRequest {
  return {
    deadline,
    queueTimeoutMs,
    timedOut: () => new Refused('TIMED_OUT'),
    queueFull: () => new Refused('FULL'),
  }
}

function deadline(signal?: AbortSignal): Deadline {
  return new Deadline({ timeoutMs: 10_000, signal })
}

describe('the waiting line', () => {
  it('admits up to its capacity and then in the order of arrival', async () => {
    const queue = new AdmissionQueue({ capacity: 2, queueMax: 10 })
    const budget = deadline()
    const first = await queue.enter(request(budget))
    const second = await queue.enter(request(budget))
    const order: number[] = []
    const waiting = [0, 1, 2].map(async (number) => {
      const slot = await queue.enter(request(budget))
      order.push(number)
      slot.release()
    })
    expect(queue).toMatchObject({ inUse: 2, waiting: 3 })
    second.release()
    await Promise.all(waiting)
    expect(order).toEqual([0, 1, 2])
    first.release()
    expect(queue).toMatchObject({ inUse: 0, waiting: 0, oldestWaiterMs: 0 })
    budget.dispose()
  })

  it('refuses at once when the line is full, also with no line at all', async () => {
    const queue = new AdmissionQueue({ capacity: 1, queueMax: 0 })
    const budget = deadline()
    const slot = await queue.enter(request(budget))
    expect(queue.full).toBe(true)
    await expect(queue.enter(request(budget))).rejects.toMatchObject({ code: 'FULL' })
    slot.release()
    expect(queue.full).toBe(false)
    budget.dispose()
  })

  it('ends a wait once, and the next in the line is not affected', async () => {
    const queue = new AdmissionQueue({ capacity: 1, queueMax: 5 })
    const budget = deadline()
    const slot = await queue.enter(request(budget))
    const impatient = queue.enter(request(budget, 5))
    const patient = queue.enter(request(budget))
    await expect(impatient).rejects.toMatchObject({ code: 'TIMED_OUT' })
    slot.release()
    const next = await patient
    expect(queue).toMatchObject({ inUse: 1, waiting: 0 })
    next.release()
    budget.dispose()
  })

  it('takes an aborted waiter out at once, also when it is aborted in the turn in which it would be admitted', async () => {
    const queue = new AdmissionQueue({ capacity: 1, queueMax: 5 })
    const controller = new AbortController()
    const aborting = deadline(controller.signal)
    const budget = deadline()
    const slot = await queue.enter(request(budget))
    const waiting = queue.enter(request(aborting))
    controller.abort(new Error('left'))
    expect(queue.waiting).toBe(0)
    slot.release()
    await expect(waiting).rejects.toBeInstanceOf(CallAbortedError)
    expect(queue.inUse).toBe(0)
    budget.dispose()
  })

  it('does not admit a call whose time is over already', async () => {
    const queue = new AdmissionQueue({ capacity: 1, queueMax: 5 })
    const over = deadline(AbortSignal.abort())
    await expect(queue.enter(request(over))).rejects.toBeInstanceOf(CallAbortedError)
    expect(queue.inUse).toBe(0)
  })

  it('sends everybody away with one reason', async () => {
    const queue = new AdmissionQueue({ capacity: 1, queueMax: 5 })
    const budget = deadline()
    const slot = await queue.enter(request(budget))
    const waiting = [queue.enter(request(budget)), queue.enter(request(budget))]
    queue.refuseAll(new PoolClosedError())
    for (const wait of waiting) await expect(wait).rejects.toBeInstanceOf(PoolClosedError)
    slot.release()
    slot.release()
    expect(queue.inUse).toBe(0)
    budget.dispose()
  })

  it('lets a waiter go on in the asynchronous context of its own', async () => {
    const storage = new AsyncLocalStorage<number>()
    const queue = new AdmissionQueue({ capacity: 3, queueMax: 1000 })
    const seen = await Promise.all(
      Array.from({ length: 1000 }, (_, number) =>
        storage.run(number, async () => {
          const budget = deadline()
          const slot = await queue.enter(request(budget))
          const before = storage.getStore()
          await new Promise(setImmediate)
          slot.release()
          budget.dispose()
          return [before, storage.getStore()]
        }),
      ),
    )
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, number) => [number, number]))
  })

  it('never admits too many, loses no slot and settles every wait, whatever happens in whatever order', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant({ kind: 'enter' as const }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('release' as const), index: fc.nat(20) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('abort' as const), index: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'turn' as const }) },
    )
    const plan = fc.record({
      capacity: fc.integer({ min: 1, max: 4 }),
      queueMax: fc.nat(5),
      steps: fc.array(step, { maxLength: 60 }),
    })
    await fc.assert(
      fc.asyncProperty(plan, async ({ capacity, queueMax, steps }) => {
        const queue = new AdmissionQueue({ capacity, queueMax })
        const controllers: AbortController[] = []
        const held: Slot[] = []
        const waits: Promise<unknown>[] = []
        const admitted: number[] = []
        const enter = (number: number): void => {
          const controller = new AbortController()
          controllers.push(controller)
          const budget = deadline(controller.signal)
          const wait = queue.enter(request(budget)).then(
            (slot) => {
              admitted.push(number)
              held.push(slot)
            },
            (error: unknown) => expect(SelectAIError.isInstance(error)).toBe(true),
          )
          waits.push(wait.finally(() => budget.dispose()))
        }
        let number = 0
        for (const action of steps) {
          if (action.kind === 'enter') enter(number++)
          if (action.kind === 'release') held.splice(action.index % Math.max(1, held.length), 1)[0]?.release()
          if (action.kind === 'abort') controllers[action.index % Math.max(1, controllers.length)]?.abort()
          if (action.kind === 'turn') await new Promise(setImmediate)
          expect(queue.inUse).toBeLessThanOrEqual(capacity)
          expect(queue.waiting).toBeLessThanOrEqual(queueMax)
          if (queue.waiting > 0) expect(queue.inUse).toBe(capacity)
        }
        for (let rounds = 0; queue.inUse > 0 && rounds <= steps.length; rounds += 1) {
          await new Promise(setImmediate)
          held.splice(0).forEach((slot) => {
            slot.release()
          })
        }
        await Promise.all(waits)
        expect(queue).toMatchObject({ inUse: 0, waiting: 0 })
        expect(admitted).toEqual([...admitted].sort((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a deadline', () => {
  it('ends with the phase in which it was', async () => {
    const budget = new Deadline({ timeoutMs: 5 })
    budget.enter('reading')
    const error = await new Promise((resolve) => budget.onExpire(resolve))
    expect(error).toBeInstanceOf(CallTimeoutError)
    expect(error).toMatchObject({ phase: 'reading', timeoutMs: 5 })
    expect(budget.signal.reason).toBe(error)
  })

  it('keeps the reason of the signal as the cause', () => {
    const reason = new Error('client went away')
    const budget = new Deadline({ timeoutMs: 1000, signal: AbortSignal.abort(reason) })
    expect(budget.error).toMatchObject({ code: 'CALL_ABORTED', phase: 'waiting', cause: reason })
  })

  it('leaves no listener on the signal of its caller', () => {
    const { signal } = new AbortController()
    const added: unknown[] = []
    const counted = new Proxy(signal, {
      get(target, property) {
        const value = Reflect.get(target, property, target)
        if (property === 'addEventListener') added.push(property)
        if (property === 'removeEventListener') added.pop()
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const budget = new Deadline({ timeoutMs: 1000, signal: counted })
    expect(added).toHaveLength(1)
    budget.dispose()
    expect(added).toHaveLength(0)
  })
})
