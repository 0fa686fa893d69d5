/*
 * DBMS_CLOUD.CREATE_CREDENTIAL is overloaded, one form for each kind of credential; hence two statements each. The replacing ones
 * drop a credential of that name if there is one.
 */

/** A user name with a password. */
export const createPasswordCredential = `BEGIN
  DBMS_CLOUD.CREATE_CREDENTIAL(
    credential_name => :credential_name,
    username => :username,
    password => :password,
    comments => :comments);
END;`

/** A key of an Oracle Cloud user. */
export const createKeyCredential = `BEGIN
  DBMS_CLOUD.CREATE_CREDENTIAL(
    credential_name => :credential_name,
    user_ocid => :user_ocid,
    tenancy_ocid => :tenancy_ocid,
    private_key => :private_key,
    fingerprint => :fingerprint,
    comments => :comments);
END;`

/** A user name with a password, in place of what there is. */
export const createOrReplacePasswordCredential = `DECLARE
  credential_exists EXCEPTION;
  PRAGMA EXCEPTION_INIT(credential_exists, -20022);
  PROCEDURE create_credential IS
  BEGIN
    DBMS_CLOUD.CREATE_CREDENTIAL(
      credential_name => :credential_name,
      username => :username,
      password => :password,
      comments => :comments);
  END;
BEGIN
  create_credential;
EXCEPTION
  WHEN credential_exists THEN
    DBMS_CLOUD.DROP_CREDENTIAL(credential_name => :credential_name);
    create_credential;
END;`

/** A key of an Oracle Cloud user, in place of what there is. */
export const createOrReplaceKeyCredential = `DECLARE
  credential_exists EXCEPTION;
  PRAGMA EXCEPTION_INIT(credential_exists, -20022);
  PROCEDURE create_credential IS
  BEGIN
    DBMS_CLOUD.CREATE_CREDENTIAL(
      credential_name => :credential_name,
      user_ocid => :user_ocid,
      tenancy_ocid => :tenancy_ocid,
      private_key => :private_key,
      fingerprint => :fingerprint,
      comments => :comments);
  END;
BEGIN
  create_credential;
EXCEPTION
  WHEN credential_exists THEN
    DBMS_CLOUD.DROP_CREDENTIAL(credential_name => :credential_name);
    create_credential;
END;`

/** DBMS_CLOUD.UPDATE_CREDENTIAL for every attribute that is given, without a moment in which there is no credential. */
export const updateCredential = `DECLARE
  PROCEDURE change(changed VARCHAR2, new_value VARCHAR2) IS
  BEGIN
    IF new_value IS NOT NULL THEN
      DBMS_CLOUD.UPDATE_CREDENTIAL(credential_name => :credential_name, attribute => changed, value => new_value);
    END IF;
  END;
BEGIN
  change('USERNAME', :username);
  change('PASSWORD', :password);
  change('USER_OCID', :user_ocid);
  change('TENANCY_OCID', :tenancy_ocid);
  change('PRIVATE_KEY', :private_key);
  change('FINGERPRINT', :fingerprint);
  change('COMMENTS', :comments);
END;`

/** DBMS_CLOUD.DROP_CREDENTIAL, which has no way to say that a missing credential is fine. */
export const dropCredential = `DECLARE
  no_credential EXCEPTION;
  PRAGMA EXCEPTION_INIT(no_credential, -20004);
BEGIN
  DBMS_CLOUD.DROP_CREDENTIAL(credential_name => :credential_name);
EXCEPTION
  WHEN no_credential THEN
    IF NOT :force THEN
      RAISE;
    END IF;
END;`

/*
 * GRANT and CREATE SYNONYM take no binds, so the database puts these statements together itself: names only get there after
 * DBMS_ASSERT has quoted them, which it refuses for what is no name.
 */

/** Lets a user or role use a credential of this user. */
export const grantCredential = `DECLARE
  credential VARCHAR2(300) := DBMS_ASSERT.ENQUOTE_NAME(SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'), FALSE)
    || '.' || DBMS_ASSERT.ENQUOTE_NAME(UPPER(:credential_name), FALSE);
BEGIN
  EXECUTE IMMEDIATE 'GRANT EXECUTE ON ' || credential || ' TO ' || DBMS_ASSERT.ENQUOTE_NAME(:grantee, FALSE);
END;`

/** Takes that back. What was not granted is as it should be. */
export const revokeCredential = `DECLARE
  credential VARCHAR2(300) := DBMS_ASSERT.ENQUOTE_NAME(SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'), FALSE)
    || '.' || DBMS_ASSERT.ENQUOTE_NAME(UPPER(:credential_name), FALSE);
  not_granted EXCEPTION;
  PRAGMA EXCEPTION_INIT(not_granted, -1927);
BEGIN
  EXECUTE IMMEDIATE 'REVOKE EXECUTE ON ' || credential || ' FROM ' || DBMS_ASSERT.ENQUOTE_NAME(:grantee, FALSE);
EXCEPTION
  WHEN not_granted THEN
    NULL;
END;`

/** Lets every user name a credential of this user without its owner. */
export const createCredentialSynonym = `DECLARE
  credential VARCHAR2(130) := DBMS_ASSERT.ENQUOTE_NAME(UPPER(:credential_name), FALSE);
BEGIN
  EXECUTE IMMEDIATE 'CREATE OR REPLACE PUBLIC SYNONYM ' || credential || ' FOR '
    || DBMS_ASSERT.ENQUOTE_NAME(SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'), FALSE) || '.' || credential;
END;`

/** Takes that back. A synonym that is not there is as it should be. */
export const dropCredentialSynonym = `DECLARE
  no_synonym EXCEPTION;
  PRAGMA EXCEPTION_INIT(no_synonym, -1432);
BEGIN
  EXECUTE IMMEDIATE 'DROP PUBLIC SYNONYM ' || DBMS_ASSERT.ENQUOTE_NAME(UPPER(:credential_name), FALSE);
EXCEPTION
  WHEN no_synonym THEN
    NULL;
END;`

/** The user's credentials, without their secrets. */
export const listCredentials = `SELECT credential_name, username, comments, enabled
  FROM user_credentials
 ORDER BY credential_name`
