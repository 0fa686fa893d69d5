/** Where a call was: in the waiting line, in the database, or reading a long answer. */
export type CallPhase = 'waiting' | 'calling' | 'reading'
