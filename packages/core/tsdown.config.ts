import type { UserConfig } from 'tsdown'
import { base } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...base,
  entry: { index: 'src/index.ts', routes: 'src/routes/index.ts', admin: 'src/admin/index.ts' },
}

export default config
