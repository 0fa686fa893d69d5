import { CommentTag, Converter, ReflectionKind } from 'typedoc'

/** Lists the error classes of a package together, so that the few classes that one works with are not lost among them. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const { name, comment } of context.project.getReflectionsByKind(ReflectionKind.Class)) {
      if (name.endsWith('Error')) comment?.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: 'Errors' }]))
    }
  })
}
