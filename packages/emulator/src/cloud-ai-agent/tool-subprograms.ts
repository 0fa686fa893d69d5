import { prettyJson } from '../cloud-ai/json-text.ts'
import type { CallContext, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import { describeObject } from './describe-object.ts'
import { runTool } from './run-tool.ts'
import type { AgentServices } from './team-run.ts'
import { inputsOf, readToolInput } from './tool-inputs.ts'

const TOOL_NAME = { name: 'TOOL_NAME', mode: 'in', type: varchar2(128) } as const

/** RUN_TOOL and DESCRIBE_TOOL. */
export function toolSubprograms(services: AgentServices): readonly Subprogram[] {
  const { objects } = services
  return [
    {
      name: 'DBMS_CLOUD_AI_AGENT.RUN_TOOL',
      parameters: [TOOL_NAME, { name: 'INPUT', mode: 'in', type: CLOB, default: null }],
      returns: CLOB,
      run: async (values, context) => ({
        value: await runAlone(textArgument(values.TOOL_NAME), textArgument(values.INPUT), context, services),
      }),
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.DESCRIBE_TOOL',
      parameters: [TOOL_NAME],
      returns: CLOB,
      run(values, { user }) {
        const tool = objects.get('tool', user, textArgument(values.TOOL_NAME))
        return { value: prettyJson({ ...describeObject(tool), inputs: inputsOf(tool, services.registry) }) }
      },
    },
  ]
}

async function runAlone(
  name: string,
  text: string,
  context: CallContext,
  { objects, history, registry }: AgentServices,
): Promise<string> {
  const tool = objects.getEnabled('tool', context.user, name)
  const facts = { user: context.user, task: null, toolName: tool.name, input: text }
  return history.trackTool(facts, async () => {
    const input = text === '' ? {} : readToolInput(text, inputsOf(tool, registry))
    return runTool({ tool, input, registry, context })
  })
}
