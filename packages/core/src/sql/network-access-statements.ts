/** Lets a user do one thing with a host. An entry that is there already is as it should be: ORA-46212, or ORA-46313 in some releases. */
export const appendHostAce = `DECLARE
  entry_exists EXCEPTION;
  PRAGMA EXCEPTION_INIT(entry_exists, -46212);
  entry_is_there EXCEPTION;
  PRAGMA EXCEPTION_INIT(entry_is_there, -46313);
BEGIN
  DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE(
    host => :host,
    lower_port => :lower_port,
    upper_port => :upper_port,
    ace => xs$ace_type(
      privilege_list => xs$name_list(:privilege),
      principal_name => :principal,
      principal_type => xs_acl.ptype_db));
EXCEPTION
  WHEN entry_exists OR entry_is_there THEN
    NULL;
END;`

/** Takes that back. */
export const removeHostAce = `BEGIN
  DBMS_NETWORK_ACL_ADMIN.REMOVE_HOST_ACE(
    host => :host,
    lower_port => :lower_port,
    upper_port => :upper_port,
    ace => xs$ace_type(
      privilege_list => xs$name_list(:privilege),
      principal_name => :principal,
      principal_type => xs_acl.ptype_db),
    remove_empty_acl => TRUE);
END;`

/** Everything that users may do with hosts, for administrators. */
export const listHostAces = `SELECT host, lower_port, upper_port, principal, privilege
  FROM dba_host_aces
 ORDER BY host, principal, lower_port, privilege`
