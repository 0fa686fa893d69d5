import oracledb from 'oracledb'
import type { BenchSettings } from './bench-settings.ts'

/** The very statement that the kit sends, so that both ask for the same. */
export const statement = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GENERATE(
    prompt => :prompt,
    profile_name => :profile_name,
    action => :action);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

interface Outcome {
  readonly answer_length: number
  readonly short_answer: string | null
  readonly long_answer: { getData(): Promise<string> } | null
}

/** What somebody writes without the kit, on the driver's own pool. */
export async function openByHand({
  connectString,
  user,
  password,
  profile,
  poolMax,
}: BenchSettings): Promise<(prompt: string) => Promise<string>> {
  const pool = await oracledb.createPool({ user, password, connectString, poolMin: poolMax, poolMax, poolIncrement: 1 })
  const { BIND_OUT, DB_TYPE_CLOB, DB_TYPE_NUMBER, DB_TYPE_VARCHAR } = oracledb
  return async function ask(prompt: string): Promise<string> {
    const connection = await pool.getConnection()
    try {
      const { outBinds } = await connection.execute<Outcome>(statement, {
        prompt,
        profile_name: profile,
        action: 'chat',
        answer_length: { dir: BIND_OUT, type: DB_TYPE_NUMBER },
        short_answer: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: 32_767 },
        long_answer: { dir: BIND_OUT, type: DB_TYPE_CLOB },
      })
      const { short_answer: short, long_answer: long } = outBinds as Outcome
      return long ? await long.getData() : (short ?? '')
    } finally {
      await connection.close()
    }
  }
}
