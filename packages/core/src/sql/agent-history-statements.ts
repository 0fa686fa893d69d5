/* A filter that is NULL lets everything through. The newest come first. */

/** Runs of teams. */
export const listTeamRuns = `SELECT team_exec_id, team_name, team_instance_id, state, conversation_id, params, start_date, end_date
  FROM user_ai_agent_team_history
 WHERE (:team_name IS NULL OR team_name = UPPER(:team_name))
   AND (:team_exec_id IS NULL OR team_exec_id = :team_exec_id)
   AND (:conversation_id IS NULL OR conversation_id = :conversation_id)
   AND (:state IS NULL OR state = :state)
 ORDER BY start_date DESC
 FETCH FIRST :row_limit ROWS ONLY`

/** Tasks of these runs. */
export const listTaskRuns = `SELECT team_exec_id, team_name, task_order, agent_name, task_name, conversation_params,
       input, result, state, start_date, end_date
  FROM user_ai_agent_task_history
 WHERE (:team_name IS NULL OR team_name = UPPER(:team_name))
   AND (:team_exec_id IS NULL OR team_exec_id = :team_exec_id)
   AND (:agent_name IS NULL OR agent_name = UPPER(:agent_name))
   AND (:task_name IS NULL OR task_name = UPPER(:task_name))
   AND (:state IS NULL OR state = :state)
 ORDER BY start_date DESC, task_order DESC
 FETCH FIRST :row_limit ROWS ONLY`

/** Calls of tools. */
export const listToolRuns = `SELECT invocation_id, team_exec_id, task_order, tool_name, agent_name, task_name, input, output,
       tool_output, start_date, end_date
  FROM user_ai_agent_tool_history
 WHERE (:tool_name IS NULL OR tool_name = UPPER(:tool_name))
   AND (:team_exec_id IS NULL OR team_exec_id = :team_exec_id)
   AND (:agent_name IS NULL OR agent_name = UPPER(:agent_name))
   AND (:task_name IS NULL OR task_name = UPPER(:task_name))
 ORDER BY start_date DESC
 FETCH FIRST :row_limit ROWS ONLY`
