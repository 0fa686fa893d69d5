/** Rows may be sent to AI providers, for all users. */
export const enableDataAccess = `BEGIN
  DBMS_CLOUD_AI.ENABLE_DATA_ACCESS;
END;`

/** They may not. */
export const disableDataAccess = `BEGIN
  DBMS_CLOUD_AI.DISABLE_DATA_ACCESS;
END;`
