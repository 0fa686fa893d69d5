import spawn, { type Result, SubprocessError } from 'nano-spawn'

/** How far the git repository of a project got. */
export interface RepositoryState {
  readonly git: 'committed' | 'initialized' | 'skipped'
  /** What the user should know when it is not `committed`. */
  readonly note?: string
}

/** With one of these set by the user, git would not look for a repository where we are. */
const environment = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, LC_ALL: 'C' }

/**
 * Makes a folder a git repository with one commit, unless it is in one already. Nothing that goes wrong here is a
 * failure of the project, so it becomes a note.
 */
export async function startRepository(folder: string, message: string, signal: AbortSignal): Promise<RepositoryState> {
  const git = (...args: string[]): Promise<Result> =>
    // Neither a hook nor a signing key of the user's may wait for something.
    spawn('git', ['-c', 'commit.gpgSign=false', ...args], { cwd: folder, env: environment, stdin: 'ignore', signal })
  let state: RepositoryState = { git: 'skipped' }
  try {
    if (await isInside(git)) return { git: 'skipped', note: 'The folder is in a git repository already.' }
    await git('init', '--quiet')
    state = { git: 'initialized' }
    if (!(await hasIdentity(git))) {
      return { ...state, note: 'Nothing was committed: git knows no user.name and user.email.' }
    }
    await git('add', '--all')
    await git('commit', '--quiet', '--no-verify', '--message', message)
    return { git: 'committed' }
  } catch (error) {
    return { ...state, note: explain(error) }
  }
}

async function isInside(git: (...args: string[]) => Promise<Result>): Promise<boolean> {
  try {
    await git('rev-parse', '--git-dir')
    return true
  } catch (error) {
    if (error instanceof SubprocessError && error.stderr.includes('not a git repository')) return false
    throw error
  }
}

/** Git would otherwise make up a name from those of the user and the machine. */
async function hasIdentity(git: (...args: string[]) => Promise<Result>): Promise<boolean> {
  try {
    await git('-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT')
    await git('-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT')
    return true
  } catch {
    return false
  }
}

function explain(error: unknown): string {
  if (!(error instanceof SubprocessError)) throw error
  if ((error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return 'There is no git on the PATH.'
  return `git: ${error.stderr.trim().split('\n')[0] || error.message}`
}
