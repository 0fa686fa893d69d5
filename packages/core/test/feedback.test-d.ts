import type { FeedbackTarget, NegativeFeedback, SyntheticDataRequest } from '@select-ai/core'

export const byPrompt: FeedbackTarget = { prompt: 'How many?', action: 'showsql' }
export const bySqlId: FeedbackTarget = { sqlId: 'ahgttusrvh9x5' }
// @ts-expect-error both at once
export const both: FeedbackTarget = { prompt: 'How many?', action: 'showsql', sqlId: 'ahgttusrvh9x5' }
// @ts-expect-error a prompt without its action
export const actionless: FeedbackTarget = { prompt: 'How many?' }
// @ts-expect-error an action without SQL
export const chatty: FeedbackTarget = { prompt: 'How many?', action: 'chat' }

export const corrected: NegativeFeedback = { ...byPrompt, response: 'SELECT 1 FROM dual' }
export const inWords: NegativeFeedback = { sqlId: 'ahgttusrvh9x5', feedbackContent: 'use SUM' }
// @ts-expect-error a prompt without the right SQL
export const uncorrected: NegativeFeedback = { prompt: 'How many?', action: 'showsql' }

export const table: SyntheticDataRequest = { objectName: 'MOVIE', recordCount: 10, params: { priority: 'LOW' } }
export const tables: SyntheticDataRequest = { objectList: [{ owner: 'DEMO', name: 'MOVIE', recordCount: 10 }] }
// @ts-expect-error both at once
export const mixed: SyntheticDataRequest = { ...table, objectList: [] }
// @ts-expect-error a count beside a list
export const counted: SyntheticDataRequest = { objectList: [], recordCount: 10 }
// @ts-expect-error no count
export const uncounted: SyntheticDataRequest = { objectName: 'MOVIE' }
// @ts-expect-error a priority that does not exist
export const hurried: SyntheticDataRequest = { objectName: 'MOVIE', recordCount: 1, params: { priority: 'NOW' } }
