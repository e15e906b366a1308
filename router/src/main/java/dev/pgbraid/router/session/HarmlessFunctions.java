package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.lexer.WordTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The functions of PostgreSQL that are called most and leave nothing behind in the session.
///
/// A call of another function may run code that nobody has seen. Most that are not here are harmless too: a name is
/// left out at the price of a little work, and no user's function should have one that is here.
public final class HarmlessFunctions {
    private static final WordTable NAMES = new WordTable(words("""
        abs acos age any_value array_agg array_append array_cat array_dims array_length array_lower array_ndims
        array_position array_positions array_prepend array_remove array_replace array_to_json array_to_string
        array_upper ascii asin atan atan2 avg bit_and bit_count bit_length bit_or bool_and bool_or btrim cardinality
        cbrt ceil ceiling char_length character_length chr clock_timestamp concat concat_ws convert_from convert_to
        corr cos cosh cot count covar_pop covar_samp cume_dist current_database current_setting currval date_bin
        date_part date_trunc decode degrees dense_rank div encode every exp factorial first_value floor
        format_type gcd gen_random_uuid generate_series generate_subscripts get_byte hashtext
        initcap int4range int8range isfinite json_agg json_array_elements json_array_elements_text json_array_length
        json_build_array json_build_object json_each json_each_text json_extract_path json_extract_path_text
        json_object_agg json_object_keys json_populate_record json_populate_recordset json_strip_nulls
        json_to_record json_to_recordset json_typeof jsonb_agg jsonb_array_elements jsonb_array_elements_text
        jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path
        jsonb_extract_path_text jsonb_insert jsonb_object_agg jsonb_object_keys jsonb_path_exists
        jsonb_path_query jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof
        justify_days justify_hours justify_interval lag last_value lastval lcm length ln log log10 lower lpad ltrim
        make_date make_interval make_time make_timestamp make_timestamptz max md5 min mod mode
        nextval now nth_value ntile num_nonnulls num_nulls numrange octet_length percent_rank percentile_cont
        percentile_disc phraseto_tsquery pg_advisory_lock pg_advisory_unlock pg_advisory_unlock_all
        pg_advisory_xact_lock pg_backend_pid pg_notify pg_sleep pg_try_advisory_lock pg_try_advisory_xact_lock
        pi plainto_tsquery power quote_ident quote_literal quote_nullable radians random rank regexp_count
        regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
        regexp_split_to_table regexp_substr regr_slope repeat reverse round row_number row_to_json rpad rtrim
        scale set_config setseed setval sha256 sign sin sinh split_part sqrt starts_with statement_timestamp
        stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strpos substr sum
        tan tanh timeofday to_ascii to_char to_date to_hex to_json to_jsonb to_number to_regclass
        to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim_array trunc ts_headline ts_rank
        tsrange tstzrange unnest upper uuidv4 uuidv7 var_pop var_samp variance version websearch_to_tsquery
        width_bucket\
        """));

    /// Words behind which a name with parentheses is none of a function.
    private static final Set<String> NOT_BEFORE_CALLS =
            Set.of("as", "copy", "exists", "into", "on", "only", "recursive", "references", "table", "view", "with");

    private HarmlessFunctions() {}

    /// Whether every call among the tokens from `first` to before `end` is one of these, or one that
    /// [SessionFunctions] knows.
    public static boolean areAll(Tokens tokens, int first, int end) {
        for (int open = first + 1; open < end; open++) {
            boolean isCall = tokens.kind(open) == TokenKind.OPEN
                    && isName(tokens, open - 1)
                    && !NOT_BEFORE_CALLS.contains(wordBefore(tokens, first, open - 1));
            if (isCall && !isKnown(tokens, open - 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(Tokens tokens, int token) {
        TokenKind kind = tokens.kind(token);
        return kind.isQuotedName()
                || (kind == TokenKind.WORD && tokens.keyword(token).isEmpty());
    }

    private static boolean isKnown(Tokens tokens, int token) {
        boolean isHarmless = tokens.kind(token) == TokenKind.WORD
                && NAMES.find(tokens.text(), tokens.start(token), tokens.end(token)) != NAMES.none();
        return isHarmless || SessionFunctions.isName(tokens, token);
    }

    /// The keyword before a name that may be qualified.
    private static String wordBefore(Tokens tokens, int first, int name) {
        int before = name - 1;
        while (before > first && tokens.kind(before) == TokenKind.DOT) {
            before -= 2;
        }
        return before < first ? "" : tokens.keyword(before);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).toList();
    }
}
