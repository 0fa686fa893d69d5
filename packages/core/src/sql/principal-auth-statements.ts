/** Lets a user act as the database itself in a cloud. */
export const enablePrincipalAuth = `BEGIN
  DBMS_CLOUD_ADMIN.ENABLE_PRINCIPAL_AUTH(provider => :provider, username => :username, params => :params);
END;`

/** Takes that back. */
export const disablePrincipalAuth = `BEGIN
  DBMS_CLOUD_ADMIN.DISABLE_PRINCIPAL_AUTH(provider => :provider, username => :username);
END;`
