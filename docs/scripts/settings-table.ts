import { environmentVariables, type SettingDescription } from '@select-ai/core'
import { markdownTable } from './markdown-table.ts'

/** Every setting of `createPool`, from the table that `createPool` itself reads. */
export function settingsTable(): string {
  const rows = environmentVariables.map((setting) => [
    [setting.option, setting.variable]
      .filter((name) => name !== undefined)
      .map((name) => `\`${name}\``)
      .join('<br>'),
    defaultOf(setting),
    meaningOf(setting),
  ])
  return markdownTable(['Option, environment variable', 'Default', 'Meaning'], rows)
}

function defaultOf(setting: SettingDescription): string {
  if (setting.required) return 'required'
  return setting.default === undefined ? 'none' : `\`${setting.default}\``
}

function meaningOf({ meaning, choices, least, secret }: SettingDescription): string {
  const sentences = [meaning]
  if (choices !== undefined) sentences.push(`One of ${choices.map((choice) => `\`${choice}\``).join(', ')}`)
  if (least !== undefined) sentences.push(`At least ${least}`)
  if (secret) sentences.push('Secret: never printed')
  return `${sentences.join('. ')}.`
}
