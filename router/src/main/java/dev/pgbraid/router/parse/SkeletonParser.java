package dev.pgbraid.router.parse;

import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

/// Has JSqlParser read the text of a [Skeleton].
final class SkeletonParser {
    private SkeletonParser() {}

    static Select parse(String text) {
        CCJSqlParser parser =
                CCJSqlParserUtil.newParser(text).withDialect(Dialect.POSTGRESQL).withAllowComplexParsing(false);
        try {
            Statement statement = parser.Statement();
            if (parser.getToken(1).kind == CCJSqlParserConstants.EOF && statement instanceof Select select) {
                return select;
            }
            throw new UnreadableException("its clauses are not those of a query");
        } catch (ParseException | RuntimeException problem) {
            throw problem instanceof UnreadableException unreadable
                    ? unreadable
                    : new UnreadableException("its clauses are not in the order of a query", problem);
        }
    }
}
