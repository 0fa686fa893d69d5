import type { UserConfig } from 'tsdown'
import { base } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...base,
  entry: {
    index: 'src/index.ts',
    command: 'src/bin/run-command.ts',
    'select-ai-emulator': 'src/bin/select-ai-emulator.ts',
  },
}

export default config
