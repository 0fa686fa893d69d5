import type { UserConfig } from 'tsdown'
import { base } from '../../tsdown.base.ts'

// A command and no library: there are no types to make or to check.
const config: UserConfig = {
  ...base,
  entry: { 'select-ai': 'src/bin/select-ai.ts' },
  dts: false,
  attw: false,
}

export default config
