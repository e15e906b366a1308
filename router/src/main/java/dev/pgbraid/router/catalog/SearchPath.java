package dev.pgbraid.router.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The schemas in which a name without one is looked for, in their order.
///
/// @param schemas those that there are, `pg_catalog` among them; [#TEMPORARY] stands for that of temporary tables,
///     which holds relations and types alone
public record SearchPath(List<String> schemas) {
    /// What PostgreSQL calls the schema of a session's temporary objects.
    public static final String TEMPORARY = "pg_temp";

    /// A name in quotes, or a plain one.
    private static final Pattern ELEMENT = Pattern.compile("\"((?:[^\"]|\"\")*)\"|[^\\s,\"]+");

    /// The same, in a name with its schema.
    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|[^\\s.\"]+");

    public SearchPath {
        schemas = List.copyOf(schemas);
    }

    /// Reads the setting `search_path`.
    ///
    /// @param user what `"$user"` stands for
    public static SearchPath of(String setting, String user, Catalog catalog) {
        List<String> schemas = new ArrayList<>();
        for (String element : elements(setting)) {
            String schema = element.equals("$user") ? user : element;
            boolean isThere = schema.equals(TEMPORARY) || catalog.hasSchema(schema);
            if (isThere && !schemas.contains(schema)) {
                schemas.add(schema);
            }
        }
        if (!schemas.contains(ObjectName.CATALOG_SCHEMA)) {
            schemas.addFirst(ObjectName.CATALOG_SCHEMA);
        }
        if (!schemas.contains(TEMPORARY)) {
            schemas.addFirst(TEMPORARY);
        }
        return new SearchPath(schemas);
    }

    /// Whether no schema of users is looked into before `pg_catalog`.
    public boolean beginsWithCatalog() {
        int catalog = schemas.indexOf(ObjectName.CATALOG_SCHEMA);
        return schemas.subList(0, catalog).stream().allMatch(TEMPORARY::equals);
    }

    /// The names in the list, as PostgreSQL stores them.
    private static List<String> elements(String setting) {
        return names(ELEMENT.matcher(setting));
    }

    /// The parts of a name that is written in a string, as PostgreSQL stores them: of `public."A"`, `public` and `A`.
    public static List<String> parts(String name) {
        return names(PART.matcher(name));
    }

    private static List<String> names(Matcher element) {
        List<String> elements = new ArrayList<>();
        while (element.find()) {
            String quoted = element.group(1);
            elements.add(quoted == null ? folded(element.group()) : quoted.replace("\"\"", "\""));
        }
        return elements;
    }

    /// Folds ASCII alone.
    private static String folded(String name) {
        return name.chars()
                .map(character -> character < 0x80 ? Character.toLowerCase(character) : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
