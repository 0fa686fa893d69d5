import { fileURLToPath } from 'node:url'
import { Converter, ReflectionKind } from 'typedoc'
import { modules } from './public-modules.js'

const nameByFile = new Map(modules.map(({ name, file }) => [fileURLToPath(file), name]))

/** Calls each module in the API pages what an application calls it when importing. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const module of context.project.getReflectionsByKind(ReflectionKind.Module)) {
      const [file] = context.getSymbolFromReflection(module)?.declarations ?? []
      const name = nameByFile.get(file?.getSourceFile().fileName)
      if (name === undefined) throw new Error(`${module.name} is in no exports map`)
      module.name = name
    }
  })
}
