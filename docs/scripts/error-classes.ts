import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** What the source of an error class says about it. */
export interface ErrorClass {
  readonly name: string
  readonly code: string
  readonly summary: string
  readonly retryable: boolean
}

const folder = new URL('../../packages/core/src/errors/', import.meta.url)

/** The error classes of the core package, by name. A class whose source does not say all that is told about it stops the build. */
export function readErrorClasses(): ErrorClass[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('-error.ts') && file !== 'select-ai-error.ts')
  return files
    .flatMap((file) => {
      const source = ts.createSourceFile(
        file,
        readFileSync(new URL(file, folder), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      )
      return source.statements.filter(ts.isClassDeclaration).map((declaration) => describe(declaration, file))
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}

function describe(declaration: ts.ClassDeclaration, file: string): ErrorClass {
  const name = declaration.name?.text
  const code = declaration.members.filter(ts.isPropertyDeclaration).find((member) => member.name.getText() === 'code')
  const retryable = findProperty(declaration, 'retryable')?.initializer.getText()
  const summary = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(declaration).find(ts.isJSDoc)?.comment)
  if (!name || !summary || !code?.initializer || !ts.isStringLiteral(code.initializer)) {
    throw new Error(`${file}: the class needs a name, a comment and a static code that is a literal`)
  }
  if (retryable !== 'true' && retryable !== 'false') throw new Error(`${file}: retryable must be true or false`)
  return { name, code: code.initializer.text, summary, retryable: retryable === 'true' }
}

function findProperty(node: ts.Node, name: string): ts.PropertyAssignment | undefined {
  if (ts.isPropertyAssignment(node) && node.name.getText() === name) return node
  return ts.forEachChild(node, (child) => findProperty(child, name))
}
