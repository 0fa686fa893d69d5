/*
 * DBMS_CLOUD_AI.GENERATE_SYNTHETIC_DATA, and what USER_LOAD_OPERATIONS tells of the call. The call's own operation is among
 * those that started meanwhile, so that it is certain when there is one alone. Wish and parameters are NULL by default, and so they
 * may be sent as NULL.
 */

/** Rows for one table; without an owner, that of the current schema. */
export const generateSyntheticData = `DECLARE
  last_id NUMBER;
BEGIN
  SELECT NVL(MAX(id), 0) INTO last_id FROM user_load_operations;
  DBMS_CLOUD_AI.GENERATE_SYNTHETIC_DATA(
    profile_name => :profile_name,
    object_name => :object_name,
    owner_name => NVL(:owner_name, SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')),
    record_count => :record_count,
    user_prompt => :user_prompt,
    params => :params);
  SELECT COUNT(*), MAX(id), MAX(status), MAX(rows_loaded), MAX(status_table)
    INTO :operation_count, :operation_id, :operation_status, :rows_loaded, :status_table
    FROM user_load_operations
   WHERE id > last_id AND status_table LIKE 'SYNTHETIC!_DATA$%' ESCAPE '!';
END;`

/** Rows for several tables. */
export const generateSyntheticDataOfList = `DECLARE
  last_id NUMBER;
BEGIN
  SELECT NVL(MAX(id), 0) INTO last_id FROM user_load_operations;
  DBMS_CLOUD_AI.GENERATE_SYNTHETIC_DATA(
    profile_name => :profile_name,
    object_list => :object_list,
    params => :params);
  SELECT COUNT(*), MAX(id), MAX(status), MAX(rows_loaded), MAX(status_table)
    INTO :operation_count, :operation_id, :operation_status, :rows_loaded, :status_table
    FROM user_load_operations
   WHERE id > last_id AND status_table LIKE 'SYNTHETIC!_DATA$%' ESCAPE '!';
END;`
