import type { UserConfig } from 'tsdown'

/** What every published package builds with: ESM for the lowest supported Node, types, and both package linters. */
export const base: UserConfig = {
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  dts: { sourcemap: true },
  sourcemap: true,
  fixedExtension: false,
  publint: { strict: true },
  attw: { profile: 'esm-only', level: 'error' },
}
