import { SelectAIError } from './select-ai-error.ts'

/** The database user lacks a privilege, or the package is not there for it. */
export class PrivilegeError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'MISSING_PRIVILEGE'

  constructor({ message, cause }: { message?: string; cause?: unknown } = {}) {
    super({
      message:
        message ??
        'The database user may not do this. It needs EXECUTE on DBMS_CLOUD_AI, which grantPrivileges grants, and access to the objects of the profile.',
      code: PrivilegeError.code,
      retryable: false,
      cause,
    })
  }
}
