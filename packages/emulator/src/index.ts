/**
 * A local database for development and tests: `startEmulator` listens on a socket, and the unmodified `oracledb` driver connects
 * to it. It keeps everything in memory and is no place for real data.
 *
 * @module
 */
export type { Emulator, EmulatorOptions, ProtocolOptions, TlsOptions } from './emulator.ts'
export type {
  AgentObservation,
  AgentRequest,
  AgentStep,
  AgentToolDescription,
  ChatRequest,
  DocumentsRequest,
  ExplainRequest,
  Model,
  ModelRequest,
  NarrateRequest,
  Passage,
  RepairRequest,
  SqlAnswer,
  SqlExample,
  SqlRequest,
  SummarizeRequest,
  TranslateRequest,
} from './models/model.ts'
export { type OpenAiModelOptions, openAiModel } from './models/openai/open-ai-model.ts'
export type {
  AnnotationDescription,
  ColumnDescription,
  ForeignKey,
  SchemaDescription,
  TableDescription,
} from './models/schema-description.ts'
export { OracleError } from './oracle-error.ts'
export type {
  Ledger,
  LedgerBind,
  LedgerOptions,
  LedgerSession,
  LedgerSnapshot,
  LedgerStatement,
  SessionEnd,
} from './session/ledger.ts'
export { startEmulator } from './start-emulator.ts'
export type { Column } from './values/column.ts'
export { Interval, type IntervalParts } from './values/interval.ts'
export { OracleDateTime } from './values/oracle-date-time.ts'
export { OracleNumber } from './values/oracle-number.ts'
export type { OracleType, OracleTypeName } from './values/oracle-type.ts'
export type { OracleCursor, OracleValue } from './values/oracle-value.ts'
