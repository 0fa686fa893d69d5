/** CREATE_VECTOR_INDEX, and then SET_ATTRIBUTE of its profile when that is to answer from the index: one round trip. */
export const createVectorIndex = `BEGIN
  DBMS_CLOUD_AI.CREATE_VECTOR_INDEX(
    index_name => :index_name,
    attributes => :attributes,
    status => :status,
    description => :description,
    wait_for_completion => :wait_for_completion);
  IF :linked_profile IS NOT NULL THEN
    DBMS_CLOUD_AI.SET_ATTRIBUTE(
      profile_name => :linked_profile,
      attribute_name => 'vector_index_name',
      attribute_value => :index_name);
  END IF;
END;`

/**
 * The same, and when there is such an index already, DROP_VECTOR_INDEX with its data and CREATE_VECTOR_INDEX again. ORA-20048
 * stands for other faults, too, such as those of attributes, so that the old index is looked for before it is dropped. When the creation after that fails,
 * its error comes back in binds, so that the caller knows that the old index is gone; ORA-01013, a break, is passed on as it
 * is. Documents that could not be loaded are an error of an index that is there.
 */
export const createOrReplaceVectorIndex = `DECLARE
  existing NUMBER;
  created NUMBER;
  failure NUMBER;
BEGIN
  BEGIN
    DBMS_CLOUD_AI.CREATE_VECTOR_INDEX(
      index_name => :index_name,
      attributes => :attributes,
      status => :status,
      description => :description,
      wait_for_completion => :wait_for_completion);
  EXCEPTION
    WHEN OTHERS THEN
      IF SQLCODE <> -20048 OR INSTR(LOWER(SQLERRM), 'attribute') > 0 THEN
        RAISE;
      END IF;
      SELECT COUNT(*) INTO existing FROM user_cloud_vector_indexes WHERE index_name = UPPER(:index_name);
      IF existing = 0 THEN
        RAISE;
      END IF;
      DBMS_CLOUD_AI.DROP_VECTOR_INDEX(index_name => :index_name, include_data => TRUE, force => TRUE);
      BEGIN
        DBMS_CLOUD_AI.CREATE_VECTOR_INDEX(
          index_name => :index_name,
          attributes => :attributes,
          status => :status,
          description => :description,
          wait_for_completion => :wait_for_completion);
      EXCEPTION
        WHEN OTHERS THEN
          SELECT COUNT(*) INTO created FROM user_cloud_vector_indexes WHERE index_name = UPPER(:index_name);
          IF created > 0 OR SQLCODE = -1013 THEN
            RAISE;
          END IF;
          failure := SQLCODE;
          :failure_text := SQLERRM;
      END;
  END;
  :failure_code := failure;
  IF failure IS NULL AND :linked_profile IS NOT NULL THEN
    DBMS_CLOUD_AI.SET_ATTRIBUTE(
      profile_name => :linked_profile,
      attribute_name => 'vector_index_name',
      attribute_value => :index_name);
  END IF;
END;`

/** ENABLE_VECTOR_INDEX. */
export const enableVectorIndex = `BEGIN
  DBMS_CLOUD_AI.ENABLE_VECTOR_INDEX(index_name => :index_name);
END;`

/** DISABLE_VECTOR_INDEX. */
export const disableVectorIndex = `BEGIN
  DBMS_CLOUD_AI.DISABLE_VECTOR_INDEX(index_name => :index_name);
END;`

/** UPDATE_VECTOR_INDEX with one attribute. */
export const setVectorIndexAttribute = `BEGIN
  DBMS_CLOUD_AI.UPDATE_VECTOR_INDEX(
    index_name => :index_name,
    attribute_name => :attribute_name,
    attribute_value => :attribute_value);
END;`

/** UPDATE_VECTOR_INDEX with several attributes. */
export const setVectorIndexAttributes = `BEGIN
  DBMS_CLOUD_AI.UPDATE_VECTOR_INDEX(index_name => :index_name, attributes => :attributes);
END;`

/** DROP_VECTOR_INDEX. */
export const dropVectorIndex = `BEGIN
  DBMS_CLOUD_AI.DROP_VECTOR_INDEX(index_name => :index_name, include_data => :include_data, force => :force);
END;`

/** GRANT_VECTOR_INDEX_ACCESS. */
export const grantVectorIndexAccess = `BEGIN
  DBMS_CLOUD_AI.GRANT_VECTOR_INDEX_ACCESS(index_name => :index_name, user_or_role_name => :user_or_role_name);
END;`

/** REVOKE_VECTOR_INDEX_ACCESS. */
export const revokeVectorIndexAccess = `BEGIN
  DBMS_CLOUD_AI.REVOKE_VECTOR_INDEX_ACCESS(index_name => :index_name, user_or_role_name => :user_or_role_name);
END;`

/**
 * RUN_PIPELINE_ONCE, which the database does with a stopped pipeline alone: one that is started is stopped before and started
 * again after it, also when it fails. ORA-01403 tells that there is no such index.
 */
export const refreshVectorIndex = `DECLARE
  pipeline VARCHAR2(128);
  pipeline_status VARCHAR2(128);
BEGIN
  SELECT NVL(TO_CHAR(a.attribute_value), i.index_name || '$VECPIPELINE')
    INTO pipeline
    FROM user_cloud_vector_indexes i
    LEFT JOIN user_cloud_vector_index_attributes a
      ON a.index_id = i.index_id AND LOWER(a.attribute_name) = 'pipeline_name'
   WHERE i.index_name = UPPER(:index_name);
  SELECT MAX(status) INTO pipeline_status FROM user_cloud_pipelines WHERE pipeline_name = pipeline;
  IF pipeline_status = 'STARTED' THEN
    DBMS_CLOUD_PIPELINE.STOP_PIPELINE(pipeline_name => pipeline);
  END IF;
  BEGIN
    DBMS_CLOUD_PIPELINE.RUN_PIPELINE_ONCE(pipeline_name => pipeline);
  EXCEPTION
    WHEN OTHERS THEN
      IF pipeline_status = 'STARTED' THEN
        DBMS_CLOUD_PIPELINE.START_PIPELINE(pipeline_name => pipeline);
      END IF;
      RAISE;
  END;
  IF pipeline_status = 'STARTED' THEN
    DBMS_CLOUD_PIPELINE.START_PIPELINE(pipeline_name => pipeline);
  END IF;
END;`

/** When an index was loaded last, how often it is, and what keeps it up to date; nothing of that for one without a pipeline. */
export const fetchVectorIndexRefresh = `SELECT p.pipeline_name, p.status, p.last_execution, p.status_table,
  TO_CHAR(r.attribute_value) AS refresh_rate
FROM user_cloud_vector_indexes i
LEFT JOIN user_cloud_vector_index_attributes n
  ON n.index_id = i.index_id AND LOWER(n.attribute_name) = 'pipeline_name'
LEFT JOIN user_cloud_vector_index_attributes r
  ON r.index_id = i.index_id AND LOWER(r.attribute_name) = 'refresh_rate'
LEFT JOIN user_cloud_pipelines p
  ON p.pipeline_name = NVL(TO_CHAR(n.attribute_value), i.index_name || '$VECPIPELINE')
WHERE i.index_name = UPPER(:index_name)`

/** An index of the user with its attributes, one row for each; texts that are not short are left out. */
export const fetchVectorIndex = `SELECT i.index_name, i.status, i.created, i.last_modified, a.attribute_name,
  CASE WHEN LENGTH(i.description) <= 1000 THEN TO_CHAR(i.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(i.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_cloud_vector_indexes i
LEFT JOIN user_cloud_vector_index_attributes a ON a.index_id = i.index_id
WHERE i.index_name = UPPER(:index_name)
ORDER BY a.attribute_name`

/** The same with all texts, as CLOBs. */
export const fetchVectorIndexWithLongTexts = `SELECT i.index_name, i.status, i.created, i.last_modified, a.attribute_name,
  i.description, a.attribute_value
FROM user_cloud_vector_indexes i
LEFT JOIN user_cloud_vector_index_attributes a ON a.index_id = i.index_id
WHERE i.index_name = UPPER(:index_name)
ORDER BY a.attribute_name`

/** An index of any owner with its attributes, as far as the user may see it; texts that are not short are left out. */
export const fetchVectorIndexOfOwner = `SELECT i.owner, i.index_name, i.status, i.created, i.last_modified,
  a.attribute_name,
  CASE WHEN LENGTH(i.description) <= 1000 THEN TO_CHAR(i.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(i.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM all_cloud_vector_indexes i
LEFT JOIN all_cloud_vector_index_attributes a ON a.owner = i.owner AND a.index_id = i.index_id
WHERE i.owner = UPPER(:owner) AND i.index_name = UPPER(:index_name)
ORDER BY a.attribute_name`

/** The same with all texts, as CLOBs. */
export const fetchVectorIndexOfOwnerWithLongTexts = `SELECT i.owner, i.index_name, i.status, i.created, i.last_modified,
  a.attribute_name, i.description, a.attribute_value
FROM all_cloud_vector_indexes i
LEFT JOIN all_cloud_vector_index_attributes a ON a.owner = i.owner AND a.index_id = i.index_id
WHERE i.owner = UPPER(:owner) AND i.index_name = UPPER(:index_name)
ORDER BY a.attribute_name`

/** The user's indexes whose names match a regular expression, with their attributes; texts that are not short are left out. */
export const listVectorIndexes = `SELECT i.index_name, i.status, i.created, i.last_modified, a.attribute_name,
  CASE WHEN LENGTH(i.description) <= 1000 THEN TO_CHAR(i.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(i.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_cloud_vector_indexes i
LEFT JOIN user_cloud_vector_index_attributes a ON a.index_id = i.index_id
WHERE REGEXP_LIKE(i.index_name, :pattern, 'i')
ORDER BY i.index_name, a.attribute_name`

/** The same with all texts, as CLOBs. */
export const listVectorIndexesWithLongTexts = `SELECT i.index_name, i.status, i.created, i.last_modified,
  a.attribute_name, i.description, a.attribute_value
FROM user_cloud_vector_indexes i
LEFT JOIN user_cloud_vector_index_attributes a ON a.index_id = i.index_id
WHERE REGEXP_LIKE(i.index_name, :pattern, 'i')
ORDER BY i.index_name, a.attribute_name`

/** Those of any owner, as far as the user may see them; texts that are not short are left out. */
export const listVectorIndexesOfOwner = `SELECT i.owner, i.index_name, i.status, i.created, i.last_modified,
  a.attribute_name,
  CASE WHEN LENGTH(i.description) <= 1000 THEN TO_CHAR(i.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(i.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM all_cloud_vector_indexes i
LEFT JOIN all_cloud_vector_index_attributes a ON a.owner = i.owner AND a.index_id = i.index_id
WHERE i.owner = UPPER(:owner) AND REGEXP_LIKE(i.index_name, :pattern, 'i')
ORDER BY i.index_name, a.attribute_name`

/** The same with all texts, as CLOBs. */
export const listVectorIndexesOfOwnerWithLongTexts = `SELECT i.owner, i.index_name, i.status, i.created, i.last_modified,
  a.attribute_name, i.description, a.attribute_value
FROM all_cloud_vector_indexes i
LEFT JOIN all_cloud_vector_index_attributes a ON a.owner = i.owner AND a.index_id = i.index_id
WHERE i.owner = UPPER(:owner) AND REGEXP_LIKE(i.index_name, :pattern, 'i')
ORDER BY i.index_name, a.attribute_name`
