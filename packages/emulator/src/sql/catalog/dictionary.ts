import type { Column } from '../../values/column.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { Catalog } from './catalog.ts'

/** Who asks, and what there is to tell. */
export interface DictionaryRequest {
  readonly user: string
  readonly catalog: Catalog
}

/** A view of the data dictionary: its rows are made anew for each statement that reads it. */
export interface DictionaryView {
  /** Upper case, for example `USER_TABLES`. */
  readonly name: string
  readonly columns: readonly Column[]
  /** One array per row, with values in column order. */
  rows(request: DictionaryRequest): readonly (readonly OracleValue[])[]
}

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
