/** CREATE_PROFILE. */
export const createProfile = `BEGIN
  DBMS_CLOUD_AI.CREATE_PROFILE(
    profile_name => :profile_name,
    attributes => :attributes,
    status => :status,
    description => :description);
END;`

/**
 * CREATE_PROFILE, and when there is such a profile already, DROP_PROFILE and CREATE_PROFILE again: one round trip.
 * ORA-20046 stands for other faults of a name, too, and the old profile may be gone by now, so that it is looked for before
 * it is dropped. When the creation after that fails, its error comes back in binds, so that the caller knows that the old
 * profile is gone; ORA-01013, a break, is passed on as it is.
 */
export const createOrReplaceProfile = `DECLARE
  existing NUMBER;
BEGIN
  DBMS_CLOUD_AI.CREATE_PROFILE(
    profile_name => :profile_name,
    attributes => :attributes,
    status => :status,
    description => :description);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE <> -20046 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO existing FROM user_cloud_ai_profiles WHERE profile_name = UPPER(:profile_name);
    IF existing > 0 THEN
      DBMS_CLOUD_AI.DROP_PROFILE(profile_name => :profile_name, force => TRUE);
    END IF;
    BEGIN
      DBMS_CLOUD_AI.CREATE_PROFILE(
        profile_name => :profile_name,
        attributes => :attributes,
        status => :status,
        description => :description);
    EXCEPTION
      WHEN OTHERS THEN
        IF existing = 0 OR SQLCODE = -1013 THEN
          RAISE;
        END IF;
        :failure_code := SQLCODE;
        :failure_text := SQLERRM;
    END;
END;`

/** SET_ATTRIBUTES: lays the given attributes over those that are there. */
export const setProfileAttributes = `BEGIN
  DBMS_CLOUD_AI.SET_ATTRIBUTES(profile_name => :profile_name, attributes => :attributes);
END;`

/** SET_ATTRIBUTE. */
export const setProfileAttribute = `BEGIN
  DBMS_CLOUD_AI.SET_ATTRIBUTE(
    profile_name => :profile_name,
    attribute_name => :attribute_name,
    attribute_value => :attribute_value);
END;`

/** GRANT_PROFILE_ACCESS: lets another user or role use the profile. */
export const grantProfileAccess = `BEGIN
  DBMS_CLOUD_AI.GRANT_PROFILE_ACCESS(profile_name => :profile_name, user_or_role_name => :user_or_role_name);
END;`

/** REVOKE_PROFILE_ACCESS. */
export const revokeProfileAccess = `BEGIN
  DBMS_CLOUD_AI.REVOKE_PROFILE_ACCESS(profile_name => :profile_name, user_or_role_name => :user_or_role_name);
END;`

/** ENABLE_PROFILE. */
export const enableProfile = `BEGIN
  DBMS_CLOUD_AI.ENABLE_PROFILE(profile_name => :profile_name);
END;`

/** DISABLE_PROFILE. */
export const disableProfile = `BEGIN
  DBMS_CLOUD_AI.DISABLE_PROFILE(profile_name => :profile_name);
END;`

/** DROP_PROFILE. */
export const dropProfile = `BEGIN
  DBMS_CLOUD_AI.DROP_PROFILE(profile_name => :profile_name, force => :force);
END;`

/** A profile of the user with its attributes, one row for each; texts that are not short are left out. */
export const fetchProfile = `SELECT p.profile_name, p.status, p.created, p.last_modified, a.attribute_name,
  CASE WHEN LENGTH(p.description) <= 1000 THEN TO_CHAR(p.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(p.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_cloud_ai_profiles p
LEFT JOIN user_cloud_ai_profile_attributes a ON a.profile_id = p.profile_id
WHERE p.profile_name = UPPER(:profile_name)
ORDER BY a.attribute_name`

/** The same with all texts, as CLOBs. */
export const fetchProfileWithLongTexts = `SELECT p.profile_name, p.status, p.created, p.last_modified, a.attribute_name,
  p.description, a.attribute_value
FROM user_cloud_ai_profiles p
LEFT JOIN user_cloud_ai_profile_attributes a ON a.profile_id = p.profile_id
WHERE p.profile_name = UPPER(:profile_name)
ORDER BY a.attribute_name`

/** A profile of any owner with its attributes, as far as the user may see it; texts that are not short are left out. */
export const fetchProfileOfOwner = `SELECT p.owner, p.profile_name, p.status, p.created, p.last_modified, a.attribute_name,
  CASE WHEN LENGTH(p.description) <= 1000 THEN TO_CHAR(p.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(p.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM all_cloud_ai_profiles p
LEFT JOIN all_cloud_ai_profile_attributes a ON a.owner = p.owner AND a.profile_id = p.profile_id
WHERE p.owner = UPPER(:owner) AND p.profile_name = UPPER(:profile_name)
ORDER BY a.attribute_name`

/** The same with all texts, as CLOBs. */
export const fetchProfileOfOwnerWithLongTexts = `SELECT p.owner, p.profile_name, p.status, p.created, p.last_modified,
  a.attribute_name, p.description, a.attribute_value
FROM all_cloud_ai_profiles p
LEFT JOIN all_cloud_ai_profile_attributes a ON a.owner = p.owner AND a.profile_id = p.profile_id
WHERE p.owner = UPPER(:owner) AND p.profile_name = UPPER(:profile_name)
ORDER BY a.attribute_name`

/** The user's profiles whose names match a regular expression, with their attributes; texts that are not short are left out. */
export const listProfiles = `SELECT p.profile_name, p.status, p.created, p.last_modified, a.attribute_name,
  CASE WHEN LENGTH(p.description) <= 1000 THEN TO_CHAR(p.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(p.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_cloud_ai_profiles p
LEFT JOIN user_cloud_ai_profile_attributes a ON a.profile_id = p.profile_id
WHERE REGEXP_LIKE(p.profile_name, :pattern, 'i')
ORDER BY p.profile_name, a.attribute_name`

/** The same with all texts, as CLOBs. */
export const listProfilesWithLongTexts = `SELECT p.profile_name, p.status, p.created, p.last_modified, a.attribute_name,
  p.description, a.attribute_value
FROM user_cloud_ai_profiles p
LEFT JOIN user_cloud_ai_profile_attributes a ON a.profile_id = p.profile_id
WHERE REGEXP_LIKE(p.profile_name, :pattern, 'i')
ORDER BY p.profile_name, a.attribute_name`

/** The profiles of any owner that the user may see, whose names match a regular expression; texts that are not short are left out. */
export const listProfilesOfOwner = `SELECT p.owner, p.profile_name, p.status, p.created, p.last_modified, a.attribute_name,
  CASE WHEN LENGTH(p.description) <= 1000 THEN TO_CHAR(p.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(p.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM all_cloud_ai_profiles p
LEFT JOIN all_cloud_ai_profile_attributes a ON a.owner = p.owner AND a.profile_id = p.profile_id
WHERE p.owner = UPPER(:owner) AND REGEXP_LIKE(p.profile_name, :pattern, 'i')
ORDER BY p.profile_name, a.attribute_name`

/** The same with all texts, as CLOBs. */
export const listProfilesOfOwnerWithLongTexts = `SELECT p.owner, p.profile_name, p.status, p.created, p.last_modified,
  a.attribute_name, p.description, a.attribute_value
FROM all_cloud_ai_profiles p
LEFT JOIN all_cloud_ai_profile_attributes a ON a.owner = p.owner AND a.profile_id = p.profile_id
WHERE p.owner = UPPER(:owner) AND REGEXP_LIKE(p.profile_name, :pattern, 'i')
ORDER BY p.profile_name, a.attribute_name`
