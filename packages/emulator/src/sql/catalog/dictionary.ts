import type { DictionaryView as View, ViewRequest } from '../../execution/dictionary-view.ts'
import type { Catalog } from './catalog.ts'

/** Who asks, and what there is to tell. */
export interface DictionaryRequest extends ViewRequest {
  readonly catalog: Catalog
}

/** A view of the data dictionary that may look into the catalog. */
export type DictionaryView = View<DictionaryRequest>

/** The dictionary views by name; other rooms add theirs. */
export class Dictionary {
  readonly #views = new Map<string, DictionaryView>()

  add(...views: readonly DictionaryView[]): void {
    for (const view of views) this.#views.set(view.name, view)
  }

  find(name: string): DictionaryView | undefined {
    return this.#views.get(name)
  }
}
