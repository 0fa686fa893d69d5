/** What a run of a team comes to for now: the answer of the team, or a question that a human has to answer first. */
export interface Turn {
  readonly text: string
  readonly isQuestion: boolean
}

interface Listener {
  resolve(turn: Turn): void
  reject(error: unknown): void
}

/**
 * Work that may stop to ask a human. The call that started it then ends with the question, and the work goes on within the call
 * that brings the answer.
 */
export class Interview {
  #listener: Listener | undefined
  #goOn: ((answer: string) => void) | undefined

  /** Starts the work; it is given the function by which it asks. */
  start(work: (ask: (question: string) => Promise<string>) => Promise<string>): Promise<Turn> {
    const turn = this.#nextTurn()
    work((question) => this.#ask(question)).then(
      (text) => this.#listener?.resolve({ text, isQuestion: false }),
      (error: unknown) => this.#listener?.reject(error),
    )
    return turn
  }

  /** Goes on with the answer to the question that was asked last. */
  resume(answer: string): Promise<Turn> {
    const turn = this.#nextTurn()
    this.#goOn?.(answer)
    return turn
  }

  #ask(question: string): Promise<string> {
    return new Promise((resolve) => {
      this.#goOn = resolve
      this.#listener?.resolve({ text: question, isQuestion: true })
    })
  }

  #nextTurn(): Promise<Turn> {
    return new Promise((resolve, reject) => {
      this.#listener = { resolve, reject }
    })
  }
}
