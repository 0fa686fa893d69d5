/*
 * GRANT and REVOKE take no binds, so the database puts the statements together itself: package names are constants, and a user
 * name only gets there after DBMS_ASSERT has found a user of that name and quoted it.
 */

/** Lets a user run the packages of Select AI. */
export const grantPackages = `DECLARE
  TYPE package_names IS TABLE OF VARCHAR2(300);
  packages package_names := package_names(
    'DBMS_CLOUD', 'DBMS_CLOUD_AI', 'DBMS_CLOUD_AI_AGENT', 'DBMS_CLOUD_PIPELINE');
  grantee VARCHAR2(300) := DBMS_ASSERT.ENQUOTE_NAME(DBMS_ASSERT.SCHEMA_NAME(:grantee), FALSE);
BEGIN
  FOR i IN 1 .. packages.COUNT LOOP
    EXECUTE IMMEDIATE 'GRANT EXECUTE ON ' || packages(i) || ' TO ' || grantee;
  END LOOP;
END;`

/** Takes that back. A package that was not granted is as it should be. */
export const revokePackages = `DECLARE
  TYPE package_names IS TABLE OF VARCHAR2(300);
  packages package_names := package_names(
    'DBMS_CLOUD', 'DBMS_CLOUD_AI', 'DBMS_CLOUD_AI_AGENT', 'DBMS_CLOUD_PIPELINE');
  grantee VARCHAR2(300) := DBMS_ASSERT.ENQUOTE_NAME(DBMS_ASSERT.SCHEMA_NAME(:grantee), FALSE);
  not_granted EXCEPTION;
  PRAGMA EXCEPTION_INIT(not_granted, -1927);
BEGIN
  FOR i IN 1 .. packages.COUNT LOOP
    BEGIN
      EXECUTE IMMEDIATE 'REVOKE EXECUTE ON ' || packages(i) || ' FROM ' || grantee;
    EXCEPTION
      WHEN not_granted THEN
        NULL;
    END;
  END LOOP;
END;`
