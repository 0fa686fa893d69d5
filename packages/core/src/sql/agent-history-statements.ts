/*
 * A filter that is NULL lets everything through. The newest come first. The times are in UTC but do not say so, and the driver would
 * take them for local ones.
 */

/** Runs of teams. */
export const listTeamRuns = `SELECT team_exec_id, team_name, team_instance_id, state, conversation_id, params,
       FROM_TZ(CAST(start_date AS TIMESTAMP), 'UTC') AS start_date,
       FROM_TZ(CAST(end_date AS TIMESTAMP), 'UTC') AS end_date
  FROM user_ai_agent_team_history h
 WHERE (:team_name IS NULL OR team_name = UPPER(:team_name))
   AND (:team_exec_id IS NULL OR team_exec_id = :team_exec_id)
   AND (:conversation_id IS NULL OR conversation_id = :conversation_id)
   AND (:state IS NULL OR state = :state)
 ORDER BY h.start_date DESC
 FETCH FIRST :row_limit ROWS ONLY`

/** Tasks of these runs. */
export const listTaskRuns = `SELECT team_exec_id, team_name, task_order, agent_name, task_name, conversation_params,
       input, result, state,
       FROM_TZ(CAST(start_date AS TIMESTAMP), 'UTC') AS start_date,
       FROM_TZ(CAST(end_date AS TIMESTAMP), 'UTC') AS end_date
  FROM user_ai_agent_task_history h
 WHERE (:team_name IS NULL OR team_name = UPPER(:team_name))
   AND (:team_exec_id IS NULL OR team_exec_id = :team_exec_id)
   AND (:agent_name IS NULL OR agent_name = UPPER(:agent_name))
   AND (:task_name IS NULL OR task_name = UPPER(:task_name))
   AND (:state IS NULL OR state = :state)
 ORDER BY h.start_date DESC, task_order DESC
 FETCH FIRST :row_limit ROWS ONLY`

/** Calls of tools. */
export const listToolRuns = `SELECT invocation_id, team_exec_id, task_order, tool_name, agent_name, task_name, input, output,
       tool_output,
       FROM_TZ(CAST(start_date AS TIMESTAMP), 'UTC') AS start_date,
       FROM_TZ(CAST(end_date AS TIMESTAMP), 'UTC') AS end_date
  FROM user_ai_agent_tool_history h
 WHERE (:tool_name IS NULL OR tool_name = UPPER(:tool_name))
   AND (:team_exec_id IS NULL OR team_exec_id = :team_exec_id)
   AND (:agent_name IS NULL OR agent_name = UPPER(:agent_name))
   AND (:task_name IS NULL OR task_name = UPPER(:task_name))
 ORDER BY h.start_date DESC
 FETCH FIRST :row_limit ROWS ONLY`
