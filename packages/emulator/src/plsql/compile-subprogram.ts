import { OracleError } from '../oracle-error.ts'
import { compileBody } from './compile-block.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { convertTo } from './convert.ts'
import { resolveType } from './resolve-type.ts'
import { type CompiledParameter, type LocalSubprogram, Scope, type Unit } from './scope.ts'
import type { FormalParameter, SubprogramDeclaration } from './syntax.ts'

/** Declares formal parameters in the scope of a body; defaults see what surrounds it. */
export function compileParameters(
  context: CompileContext,
  outer: Scope,
  inner: Scope,
  parameters: readonly FormalParameter[],
): CompiledParameter[] {
  return parameters.map((parameter) => {
    const type = resolveType(context, outer, parameter.type, 'parameter')
    const slot = inner.newSlot()
    const level = inner.unit.level
    const readOnly = parameter.mode === 'in'
    inner.declare(parameter.name, { kind: 'variable', name: parameter.name, slot, level, type, readOnly })
    const initial = parameter.initial && compileExpression(context, outer, parameter.initial).evaluate
    return { name: parameter.name, mode: parameter.mode, type, slot, initial }
  })
}

/** Declares the head at once; the returned function compiles the body, or checks that a forward declaration got one. */
export function declareSubprogram(
  context: CompileContext,
  scope: Scope,
  declaration: SubprogramDeclaration,
): () => void {
  const returns = declaration.returns && resolveType(context, scope, declaration.returns, 'parameter')
  const kind = returns === undefined ? 'procedure' : 'function'
  const unit: Unit = { level: scope.unit.level + 1, slotCount: 0, kind, returns }
  const inner = new Scope(unit, scope, { label: declaration.name, loops: [], inHandler: false })
  const parameters = compileParameters(context, scope, inner, declaration.parameters)
  const subprogram: LocalSubprogram = { name: declaration.name, level: unit.level, parameters, returns, run: undefined }
  const target = enter(scope, subprogram)
  const { body } = declaration
  if (body === undefined) {
    return () => {
      if (target.run === undefined) {
        throw context.source.error(
          declaration.at,
          `PLS-00328: A subprogram body must be defined for the forward declaration of ${declaration.name}.`,
        )
      }
    }
  }
  return () => {
    const run = compileBody(context, inner, body)
    target.run = async (frame) => {
      const completion = await run(frame)
      if (returns === undefined) return undefined
      if (completion?.kind !== 'return' || completion.value === undefined) {
        throw noReturn()
      }
      return convertTo(returns, completion.value, frame.execution.session.sql)
    }
  }
}

function noReturn(): Error {
  return new OracleError(6503, 'PL/SQL: Function returned without value')
}

/** A body takes the place of its forward declaration; other subprograms of the name are overloads. */
function enter(scope: Scope, subprogram: LocalSubprogram): LocalSubprogram {
  const known = scope.own(subprogram.name)
  if (known?.kind !== 'subprogram') {
    scope.declare(subprogram.name, { kind: 'subprogram', name: subprogram.name, overloads: [subprogram] })
    return subprogram
  }
  const index = known.overloads.findIndex((candidate) => isSameHead(candidate, subprogram))
  if (index === -1) known.overloads.push(subprogram)
  else {
    const forward = known.overloads[index] as LocalSubprogram
    Object.assign(forward, { parameters: subprogram.parameters })
    return forward
  }
  return subprogram
}

function isSameHead(left: LocalSubprogram, right: LocalSubprogram): boolean {
  if (left.parameters.length !== right.parameters.length) return false
  if ((left.returns === undefined) !== (right.returns === undefined)) return false
  return left.parameters.every((parameter, index) => {
    const other = right.parameters[index]
    return other?.name === parameter.name && JSON.stringify(other.type) === JSON.stringify(parameter.type)
  })
}
