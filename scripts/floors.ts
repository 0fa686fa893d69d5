/**
 * Who may import whom. A room is a folder, or a single file, directly below a package's `src`.
 * Rooms are listed from the ground up, each with the rooms below it that it may see.
 */
export interface PackageFloors {
  readonly rooms: Readonly<Record<string, readonly string[]>>
  /** Importable package names, and for each the rooms that may import it. */
  readonly packages: Readonly<Record<string, 'everywhere' | readonly string[]>>
}

const adapterRooms = {
  'request-signal.ts': [],
  'handler.ts': ['request-signal.ts'],
  'select-ai.ts': ['handler.ts'],
  'index.ts': ['request-signal.ts', 'handler.ts', 'select-ai.ts'],
}

/** An adapter sees what anybody can import, so that anybody can write another one. */
const adapterPackages = { '@select-ai/core': 'everywhere', '@select-ai/core/routes': 'everywhere' } as const

export const floors: Readonly<Record<string, PackageFloors>> = {
  'packages/core': {
    rooms: {
      errors: [],
      config: ['errors'],
      sql: [],
      pool: ['errors', 'config', 'sql'],
      attributes: ['errors', 'sql', 'pool'],
      conversation: ['errors', 'sql', 'pool', 'attributes'],
      'vector-index': ['errors', 'sql', 'pool', 'attributes'],
      agent: ['errors', 'sql', 'pool', 'attributes', 'conversation'],
      profile: ['errors', 'config', 'sql', 'pool', 'attributes', 'conversation', 'vector-index', 'agent'],
      admin: ['errors', 'sql', 'pool', 'profile'],
      routes: ['errors', 'config', 'sql', 'pool', 'conversation', 'profile'],
      'index.ts': ['errors', 'config', 'sql', 'pool', 'attributes', 'conversation', 'vector-index', 'agent', 'profile'],
    },
    packages: { oracledb: ['pool'] },
  },
  'packages/fastify': {
    rooms: {
      'request-signal.ts': [],
      'handler.ts': ['request-signal.ts'],
      'plugin.ts': ['handler.ts'],
      'index.ts': ['request-signal.ts', 'handler.ts', 'plugin.ts'],
    },
    packages: { ...adapterPackages, fastify: 'everywhere', 'fastify-plugin': 'everywhere' },
  },
  'packages/http': {
    rooms: adapterRooms,
    packages: adapterPackages,
  },
  'packages/koa': {
    rooms: adapterRooms,
    packages: { ...adapterPackages, koa: 'everywhere' },
  },
  'packages/hono': {
    rooms: adapterRooms,
    packages: {
      ...adapterPackages,
      hono: 'everywhere',
      'hono/route': 'everywhere',
      'hono/utils/http-status': 'everywhere',
    },
  },
  'packages/a2a': {
    rooms: {
      'owner-of.ts': [],
      state: ['owner-of.ts'],
      'failure.ts': [],
      'read-body.ts': [],
      'check-request.ts': [],
      'a2a-options.ts': ['owner-of.ts', 'state'],
      'agent-card.ts': ['a2a-options.ts'],
      'agent-events.ts': ['failure.ts'],
      'task-records.ts': ['owner-of.ts', 'a2a-options.ts', 'agent-events.ts', 'failure.ts'],
      'team-executor.ts': ['owner-of.ts', 'a2a-options.ts', 'agent-events.ts', 'failure.ts', 'task-records.ts'],
      'json-rpc.ts': ['a2a-options.ts', 'check-request.ts', 'failure.ts', 'task-records.ts'],
      'rpc-handler.ts': [
        'a2a-options.ts',
        'agent-card.ts',
        'check-request.ts',
        'failure.ts',
        'read-body.ts',
        'json-rpc.ts',
      ],
      'handler.ts': [
        'a2a-options.ts',
        'agent-card.ts',
        'task-records.ts',
        'team-executor.ts',
        'json-rpc.ts',
        'rpc-handler.ts',
      ],
      'listen-with.ts': ['a2a-options.ts', 'rpc-handler.ts'],
      'serve-a2a.ts': ['a2a-options.ts', 'handler.ts', 'listen-with.ts'],
      cluster: [
        'owner-of.ts',
        'state',
        'read-body.ts',
        'check-request.ts',
        'a2a-options.ts',
        'agent-card.ts',
        'agent-events.ts',
        'json-rpc.ts',
        'rpc-handler.ts',
        'handler.ts',
        'listen-with.ts',
      ],
      'index.ts': [
        'state',
        'read-body.ts',
        'a2a-options.ts',
        'agent-card.ts',
        'rpc-handler.ts',
        'handler.ts',
        'listen-with.ts',
        'serve-a2a.ts',
        'cluster',
      ],
    },
    packages: {
      ...adapterPackages,
      '@a2a-js/sdk': 'everywhere',
      '@a2a-js/sdk/compat/v0_3': ['agent-card.ts', 'json-rpc.ts'],
      '@a2a-js/sdk/compat/v0_3/server': ['json-rpc.ts'],
      '@a2a-js/sdk/errors': 'everywhere',
      '@a2a-js/sdk/server': 'everywhere',
      'p-limit': ['team-executor.ts'],
    },
  },
  'packages/create-select-ai': {
    rooms: {
      'creation-error.ts': [],
      'package-manager.ts': [],
      'templates.ts': [],
      'target-folder.ts': ['creation-error.ts'],
      'write-project.ts': ['creation-error.ts', 'package-manager.ts', 'target-folder.ts', 'templates.ts'],
      'install-dependencies.ts': ['creation-error.ts', 'package-manager.ts'],
      'start-repository.ts': [],
      'create-project.ts': [
        'creation-error.ts',
        'package-manager.ts',
        'target-folder.ts',
        'templates.ts',
        'write-project.ts',
        'install-dependencies.ts',
        'start-repository.ts',
      ],
      'ask-questions.ts': ['creation-error.ts', 'package-manager.ts', 'templates.ts'],
      bin: [
        'creation-error.ts',
        'package-manager.ts',
        'target-folder.ts',
        'templates.ts',
        'create-project.ts',
        'ask-questions.ts',
      ],
    },
    packages: {
      '@clack/prompts': ['ask-questions.ts'],
      commander: ['bin'],
      'nano-spawn': ['install-dependencies.ts', 'start-repository.ts'],
      'validate-npm-package-name': ['target-folder.ts'],
    },
  },
  'packages/cli': {
    rooms: {
      'usage-error.ts': [],
      'package-version.ts': [],
      terminal: ['usage-error.ts'],
      connection: ['usage-error.ts', 'terminal'],
      chat: ['terminal'],
      doctor: ['usage-error.ts', 'terminal', 'connection'],
      commands: ['usage-error.ts', 'terminal', 'connection', 'chat', 'doctor'],
      bin: ['usage-error.ts', 'package-version.ts', 'terminal', 'commands'],
    },
    packages: {
      '@clack/prompts': ['terminal'],
      '@select-ai/a2a': ['commands'],
      '@select-ai/core': 'everywhere',
      '@select-ai/core/admin': ['doctor'],
      '@select-ai/emulator/command': ['commands'],
      'cli-table3': ['terminal'],
      commander: ['connection', 'commands', 'bin'],
      oracledb: ['connection'],
    },
  },
  'packages/emulator': {
    rooms: {
      'oracle-error.ts': [],
      values: [],
      json: ['values', 'oracle-error.ts'],
      language: ['values', 'oracle-error.ts'],
      demo: ['values'],
      execution: ['values'],
      models: ['values', 'oracle-error.ts'],
      cloud: ['execution', 'values', 'oracle-error.ts'],
      'synthetic-data': ['execution', 'demo', 'values', 'oracle-error.ts'],
      'cloud-ai': ['execution', 'models', 'synthetic-data', 'values', 'oracle-error.ts'],
      'cloud-ai-agent': ['cloud-ai', 'execution', 'models', 'values', 'oracle-error.ts'],
      sql: ['execution', 'models', 'demo', 'language', 'json', 'values', 'oracle-error.ts'],
      plsql: ['execution', 'language', 'json', 'values', 'oracle-error.ts'],
      database: ['plsql', 'sql', 'cloud', 'cloud-ai', 'cloud-ai-agent', 'models', 'demo', 'execution', 'values'],
      session: ['execution', 'values', 'oracle-error.ts'],
      ttc: ['session', 'execution', 'json', 'values', 'oracle-error.ts'],
      net: ['ttc', 'session'],
      'emulator.ts': ['models', 'session', 'oracle-error.ts'],
      'start-server.ts': ['net', 'ttc', 'session', 'execution', 'emulator.ts'],
      'start-emulator.ts': ['database', 'models', 'start-server.ts', 'emulator.ts'],
      'index.ts': ['session', 'models', 'values', 'oracle-error.ts', 'emulator.ts', 'start-emulator.ts'],
      bin: ['models', 'session', 'emulator.ts', 'start-server.ts', 'start-emulator.ts'],
    },
    packages: { 'decimal.js': ['values', 'sql'], 'node-sqlite3-wasm': ['sql'], commander: ['bin'] },
  },
}
