/** What `DBMS_CLOUD_AI.GENERATE` is asked to do with a prompt. */
export type Action =
  | 'chat'
  | 'narrate'
  | 'explainsql'
  | 'showsql'
  | 'runsql'
  | 'showprompt'
  | 'summarize'
  | 'translate'
  | 'feedback'

/** All actions that `Profile.generate` accepts. */
export const actions: readonly Action[] = Object.freeze<Action[]>([
  'chat',
  'narrate',
  'explainsql',
  'showsql',
  'runsql',
  'showprompt',
  'summarize',
  'translate',
  'feedback',
])
