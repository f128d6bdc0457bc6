/// The words that ADQL 2.1 keeps for itself (appendix A of the standard): as names they belong between double quotes.
public enum ReservedWords {
  /// Whether a word is reserved, in any case of letters.
  public static func contains(_ word: String) -> Bool {
    all.contains(word.uppercased())
  }

  /// The reserved words, in capitals.
  public static let all = Set(list.split { $0 == " " || $0 == "\n" }.map(String.init))

  private static let list = """
    ABS ACOS AREA ASIN ATAN ATAN2 BIGINT BOX CEILING CENTROID CIRCLE CONTAINS COORD1 COORD2 COORDSYS COS COT DEGREES
    DISTANCE EXP FLOOR ILIKE INTERSECTS IN_UNIT LOG LOG10 MOD OFFSET PI POINT POLYGON POWER RADIANS REGION RAND ROUND SIN
    SQRT TOP TAN TRUNCATE
    ABSOLUTE ACTION ADD ALL ALLOCATE ALTER AND ANY ARE AS ASC ASSERTION AT AUTHORIZATION AVG BEGIN BETWEEN BIT BIT_LENGTH
    BOTH BY CASCADE CASCADED CASE CAST CATALOG CHAR CHARACTER CHAR_LENGTH CHARACTER_LENGTH CHECK CLOSE COALESCE COLLATE
    COLLATION COLUMN COMMIT CONNECT CONNECTION CONSTRAINT CONSTRAINTS CONTINUE CONVERT CORRESPONDING COUNT CREATE CROSS
    CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR DATE DAY DEALLOCATE DECIMAL DECLARE DEFAULT
    DEFERRABLE DEFERRED DELETE DESC DESCRIBE DESCRIPTOR DIAGNOSTICS DISCONNECT DISTINCT DOMAIN DOUBLE DROP ELSE END
    END-EXEC ESCAPE EXCEPT EXCEPTION EXEC EXECUTE EXISTS EXTERNAL EXTRACT FALSE FETCH FIRST FLOAT FOR FOREIGN FOUND FROM
    FULL GET GLOBAL GO GOTO GRANT GROUP HAVING HOUR IDENTITY IMMEDIATE IN INDICATOR INITIALLY INNER INPUT INSENSITIVE
    INSERT INT INTEGER INTERSECT INTERVAL INTO IS ISOLATION JOIN KEY LANGUAGE LAST LEADING LEFT LEVEL LIKE LOCAL LOWER
    MATCH MAX MIN MINUTE MODULE MONTH NAMES NATIONAL NATURAL NCHAR NEXT NO NOT NULL NULLIF NUMERIC OCTET_LENGTH OF ON ONLY
    OPEN OPTION OR ORDER OUTER OUTPUT OVERLAPS PAD PARTIAL POSITION PRECISION PREPARE PRESERVE PRIMARY PRIOR PRIVILEGES
    PROCEDURE PUBLIC READ REAL REFERENCES RELATIVE RESTRICT REVOKE RIGHT ROLLBACK ROWS SCHEMA SCROLL SECOND SECTION SELECT
    SESSION SESSION_USER SET SIZE SMALLINT SOME SPACE SQL SQLCODE SQLERROR SQLSTATE SUBSTRING SUM SYSTEM_USER TABLE
    TEMPORARY THEN TIME TIMESTAMP TIMEZONE_HOUR TIMEZONE_MINUTE TO TRAILING TRANSACTION TRANSLATE TRANSLATION TRIM TRUE
    UNION UNIQUE UNKNOWN UPDATE UPPER USAGE USER USING VALUE VALUES VARCHAR VARYING VIEW WHEN WHENEVER WHERE WITH WORK
    WRITE YEAR ZONE
    """
}

extension Identifier {
  /// Whether a name can stand in a query without quotes: it has the form of a regular identifier and is not a reserved word.
  public static func isRegular(_ name: String) -> Bool {
    hasRegularForm(name) && !ReservedWords.contains(name)
  }

  /// Whether a name is a letter, then letters, digits and underscores, all ASCII. Source: ADQL 2.1, section 2.1.2.
  public static func hasRegularForm(_ name: some StringProtocol) -> Bool {
    guard let first = name.utf8.first, ByteClass.letters.contains(first) else { return false }
    return name.utf8.allSatisfy(ByteClass.nameBytes.contains)
  }

  /// A name as a query has to write it: between double quotes unless it is regular. A NUL, which ends the text for many
  /// databases, is left out.
  public static func written(_ name: String) -> String {
    guard !isRegular(name) else { return name }
    var text = "\""
    for scalar in name.unicodeScalars where scalar != "\0" {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
