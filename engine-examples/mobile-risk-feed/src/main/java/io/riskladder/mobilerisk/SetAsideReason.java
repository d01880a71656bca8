package io.riskladder.mobilerisk;

/** Why an event could not be mapped. */
public enum SetAsideReason {
  /** It is no JSON, or no object, too large or too deep. */
  UNREADABLE,
  /** A field that is needed is not there. */
  MISSING_FIELD,
  /** A field that is needed has a value of another type, or one that is not known. */
  WRONG_VALUE,
  /** It is of a type that is not known. */
  UNKNOWN_TYPE,
  /** Neither the catalogue nor the policies in force know its classification. */
  UNKNOWN_CLASSIFICATION,
  /** Its device would have to be enrolled, and runs neither Android nor iOS. */
  UNKNOWN_PLATFORM,
  /** It changes the policies of a group that the policies in force do not have. */
  UNKNOWN_GROUP,
  /**
   * It changes policies or their groups, and how such events say what they change is not public.
   */
  UNKNOWN_POLICY_CHANGE,
  /** The policies would be invalid after the change. */
  INVALID_POLICY
}
