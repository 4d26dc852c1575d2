namespace Sluice.Hocon.Tests;

/// <summary>The chapters of the HOCON specification up to "Paths as keys", in its order.</summary>
public sealed class SyntaxSpecs
{
    private static string Json(string hocon) => Compact.Of(ConfigurationFactory.ParseString(hocon, "a.conf").Root);

    private static string MistakeIn(string hocon) => Should.Throw<ConfigException>(() => Json(hocon)).Message;

    [Fact]
    public void Json_is_hocon() =>
        Json("""{ "a": [1, -2.5e+3, 1E-2, true, false, null, {}, []], "b": "\" \\ \/ \b \f \n \r \t \u00e9 \ud83d\ude00" }""")
            .ShouldBe("{a:[1,-2.5e+3,1E-2,true,false,null,{},[]],b:'\" \\ / \b \f \n \r \t é 😀'}");

    [Fact]
    public void Comments_end_with_the_line() => Json("# one\na = 1 // two\nb = \"# // no\" # yes\n//").ShouldBe("{a:1,b:'# // no'}");

    [Fact]
    public void Braces_of_the_root_may_be_left_out() => Json("{a = 1}").ShouldBe(Json("a = 1"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n # nothing")]
    [InlineData("{}")]
    [InlineData("\ufeff")]
    public void An_empty_text_is_an_empty_object(string hocon) => Json(hocon).ShouldBe("{}");

    [Fact]
    public void A_closing_brace_needs_an_opening_one() => MistakeIn("a = 1\n}").ShouldBe("a.conf:2:1: '}' was found, but no '{' is open.");

    [Fact]
    public void Nothing_may_follow_the_root() =>
        MistakeIn("{ a = 1 }\nb = 2").ShouldBe("a.conf:2:1: 'b' was found where the end of the file after the '}' of the '{' in line 1 is expected.");

    [Fact]
    public void A_list_cannot_be_the_root() =>
        MistakeIn("[1]").ShouldBe("a.conf:1:1: a list was found where a configuration must have an object: give it a key.");

    [Fact]
    public void Keys_and_values_are_separated_by_colon_or_equals_or_nothing_before_a_brace() =>
        Json("a : 1, b = 2, c { d = 3 }, e\n{}\nf =\n 4").ShouldBe("{a:1,b:2,c:{d:3},e:{},f:4}");

    [Fact]
    public void New_lines_separate_like_commas() => Json("a = [1\n2,\n3,], b = 4,\nc = 5\n\n,d=6,").ShouldBe("{a:[1,2,3],b:4,c:5,d:6}");

    [Theory]
    [InlineData("a = [1,2,,]", "a.conf:1:10: ',' was found where an element or ']' for the '[' in line 1, column 5 is expected.")]
    [InlineData("a = [,1]", "a.conf:1:6: ',' was found where an element or ']' for the '[' in line 1, column 5 is expected.")]
    [InlineData("a = [1,,2]", "a.conf:1:8: ',' was found where an element or ']' for the '[' in line 1, column 5 is expected.")]
    [InlineData("a = 1,,", "a.conf:1:7: ',' was found where a key is expected.")]
    [InlineData("{ , a = 1 }", "a.conf:1:3: ',' was found where a key is expected.")]
    public void Two_commas_in_a_row_and_leading_commas_are_mistakes(string hocon, string message) => MistakeIn(hocon).ShouldBe(message);

    [Fact]
    public void Unicode_separators_and_the_byte_order_mark_are_space() => Json("\ufeffa\u00a0=\u20031\u2028\u001c").ShouldBe("{a:1}");

    [Fact]
    public void Carriage_returns_before_new_lines_are_space() => Json("a = x y\r\nb = 1\r\n").ShouldBe("{a:'x y',b:1}");

    [Fact]
    public void Objects_of_the_same_key_merge() =>
        Json("foo { a : 42, x { y : 1 } }, foo { b : 43, x { z : 2 } }").ShouldBe("{foo:{a:42,x:{y:1,z:2},b:43}}");

    [Fact]
    public void Another_value_in_between_prevents_merging() => Json("foo { a : 42 }, foo : null, foo { b : 43 }").ShouldBe("{foo:{b:43}}");

    [Fact]
    public void The_last_plain_value_of_a_key_wins() => Json("a = 1, a = [2], a = x").ShouldBe("{a:'x'}");

    [Fact]
    public void Unquoted_text_is_taken_literally() => Json(@"a = some text / with-dashes_and.dots (in) 100%; ~ 'it''s' <b>|").ShouldBe(
        "{a:'some text / with-dashes_and.dots (in) 100%; ~ 'it''s' <b>|'}");

    [Theory]
    [InlineData("truefoo", "'truefoo'")]
    [InlineData("footrue", "'footrue'")]
    [InlineData("10.0bar", "'10.0bar'")]
    [InlineData("bar10.0", "'bar10.0'")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("-1.5E+10", "-1.5E+10")]
    [InlineData("01", "'01'")]
    [InlineData("1.2.3", "'1.2.3'")]
    [InlineData("\"1\"", "'1'")]
    [InlineData("null foo", "'null foo'")]
    [InlineData("1e5 true", "'1e5 true'")]
    public void A_value_is_text_unless_all_of_it_is_a_number_or_a_word_of_json(string value, string expected) =>
        Json($"a = {value}").ShouldBe($"{{a:{expected}}}");

    [Theory]
    [InlineData('$')]
    [InlineData('+')]
    [InlineData('`')]
    [InlineData('^')]
    [InlineData('?')]
    [InlineData('!')]
    [InlineData('@')]
    [InlineData('*')]
    [InlineData('&')]
    [InlineData('\\')]
    public void Reserved_characters_need_quotes(char c) => MistakeIn($"a = me{c}home").ShouldBe(
        $"a.conf:1:7: '{c}' was found where plain text may not have it: put the whole text in double quotes.");

    [Fact]
    public void An_unquoted_address_is_told_to_need_quotes() => MistakeIn("url = http://example.org/").ShouldBe(
        "a.conf:1:11: ':' was found in the value of 'url': put the whole value in double quotes if it belongs to it.");

    [Theory]
    [InlineData("a = \"x\nb = 1", "a.conf:1:5: this quoted string is never closed: '\"' is expected before the end of the line.")]
    [InlineData("\n a = \"x", "a.conf:2:6: this quoted string is never closed: '\"' is expected before the end of the line.")]
    [InlineData("a = \"\\", "a.conf:1:6: a lone '\\' was found in a quoted string where an escape is expected: one of '\\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t' or '\\uXXXX'.")]
    [InlineData("a = \"x\\q\"", "a.conf:1:7: '\\q' was found in a quoted string where an escape is expected: one of '\\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t' or '\\uXXXX'.")]
    [InlineData("a = \"\\u12\"", "a.conf:1:6: '\\u' without four hexadecimal digits was found in a quoted string where an escape is expected: one of '\\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t' or '\\uXXXX'.")]
    [InlineData("a = \"x\ty\"", "a.conf:1:7: the control character U+0009 was found in a quoted string: write it as '\\u0009'.")]
    [InlineData("a = \"\"\"x\ny", "a.conf:1:5: this multi-line string is never closed: '\"\"\"' is expected before the end of the file.")]
    [InlineData("a {\n b {\n c = 1 }", "a.conf:1:3: this '{' is never closed: '}' is expected before the end of the file.")]
    [InlineData("a = [\n 1", "a.conf:1:5: this '[' is never closed: ']' is expected before the end of the file.")]
    [InlineData("a = [\n 1 }", "a.conf:2:4: '}' was found where ',', a new line or ']' for the '[' in line 1, column 5 is expected.")]
    [InlineData("a = { b = 1 ]", "a.conf:1:13: ']' was found where ',', a new line or '}' is expected.")]
    [InlineData("a = ${b", "a.conf:1:8: the end of the file was found where '}' for the '${' in column 5 is expected.")]
    public void What_is_not_closed_is_shown_where_it_was_opened(string hocon, string message) => MistakeIn(hocon).ShouldBe(message);

    [Theory]
    [InlineData("a", "a.conf:1:2: the end of the file was found after the key 'a' where '=', ':', '+=' or '{' is expected.")]
    [InlineData("a\nb = 1", "a.conf:1:1: the end of the line was found after the key 'a' where '=', ':', '+=' or '{' is expected.")]
    [InlineData("a [1]", "a.conf:1:3: '[' was found after the key 'a' where '=', ':', '+=' or '{' is expected.")]
    [InlineData("a = ", "a.conf:1:5: the end of the file was found where a value for 'a' is expected.")]
    [InlineData("a { b = }", "a.conf:1:9: '}' was found where a value for 'b' is expected.")]
    [InlineData("a = [1] = 2", "a.conf:1:9: '=' was found in the value of 'a': put the whole value in double quotes if it belongs to it.")]
    [InlineData("= 1", "a.conf:1:1: '=' was found where a key is expected.")]
    [InlineData("[a] = 1", "a.conf:1:1: a list was found where a configuration must have an object: give it a key.")]
    [InlineData("${a} = 1", "a.conf:1:1: '${' was found where a key is expected.")]
    [InlineData("a${b} = 1", "a.conf:1:2: '${' was found after the key 'a' where '=', ':', '+=' or '{' is expected.")]
    public void A_field_needs_key_separator_and_value(string hocon, string message) => MistakeIn(hocon).ShouldBe(message);

    [Fact]
    public void Multi_line_text_is_taken_as_it_is() => Json("a = \"\"\"one\n  two\\n ${x} # three\"\"\", b = 1").ShouldBe("{a:'one\n  two\\n ${x} # three',b:1}");

    [Fact]
    public void Extra_quotes_at_the_end_belong_to_a_multi_line_text() => Json("a = \"\"\"foo\"\"\"\"\", b = \"\"\"\"\"\"").ShouldBe("{a:'foo\"\"',b:''}");

    [Fact]
    public void Places_behind_a_multi_line_text_are_counted_right() =>
        MistakeIn("a = \"\"\"one\ntwo\"\"\" b\nc = !").ShouldStartWith("a.conf:3:5: ");

    [Fact]
    public void Inner_space_is_kept_and_outer_space_is_dropped() => Json("a =  foo  bar\t\"baz \"  \n").ShouldBe("{a:'foo  bar\tbaz '}");

    [Fact]
    public void Objects_beside_each_other_merge() => Json("a : { b : 1, x { y : 1 } } { c : 2, x { z : 2 } }").ShouldBe("{a:{b:1,x:{y:1,z:2},c:2}}");

    [Fact]
    public void Lists_beside_each_other_are_joined() => Json("a : [1, 2] [3, 4]").ShouldBe("{a:[1,2,3,4]}");

    [Fact]
    public void A_new_line_prevents_joining() => Json("a : [ [1, 2]\n [3, 4] ]").ShouldBe("{a:[[1,2],[3,4]]}");

    [Fact]
    public void Space_alone_does_not_separate_elements() => Json("a : [ 1 2 3 4 ], b : [ [1, 2] [3, 4] ]").ShouldBe("{a:['1 2 3 4'],b:[[1,2,3,4]]}");

    [Theory]
    [InlineData("a = foo { b : 1 }", "a.conf:1:5: 'foo' was found beside an object or a list in the value of 'a' where ',' or a new line is expected.")]
    [InlineData("a = { b : 1 } c = 2", "a.conf:1:15: 'c' was found beside an object or a list in the value of 'a' where ',' or a new line is expected.")]
    [InlineData("a = { b : 1 } [2]", "a.conf:1:5: an object stands beside a list: only values of the same kind can be joined.")]
    [InlineData("x = 1, a = ${x} [2]", "a.conf:1:12: ${x}, which is '1', stands beside a list: only values of the same kind can be joined.")]
    [InlineData("x = [1], a = ${x} { b = 2 }", "a.conf:1:19: an object stands beside a list: only values of the same kind can be joined.")]
    [InlineData("x = {}, a = ${x}\" \"${x}", "a.conf:1:17: ' ' stands beside an object: only values of the same kind can be joined.")]
    public void Values_of_different_kinds_cannot_be_joined(string hocon, string message) => MistakeIn(hocon).ShouldBe(message);

    [Fact]
    public void Substitutions_of_objects_and_lists_may_have_space_between_them() =>
        Json("x = {a:1}, y = {b:2}, l = [1], m = [2], o = ${x} ${y}, p = ${l}  ${m}").ShouldEndWith("o:{a:1,b:2},p:[1,2]}");

    [Fact]
    public void Objects_with_numbered_keys_are_lists_beside_lists() =>
        Json("x { 1 = b, 0 = a, 7 = c, name = d }, a = [z] ${x}").ShouldEndWith("a:['z','a','b','c']}");

    [Theory]
    [InlineData("foo.bar.\"hello.world\" = 1", "{foo:{bar:{hello.world:1}}}")]
    [InlineData("10.0foo = 1", "{10:{0foo:1}}")]
    [InlineData("foo10.0 = 1", "{foo10:{0:1}}")]
    [InlineData("foo\"10.0\" = 1", "{foo10.0:1}")]
    [InlineData("1.2.3 = 1", "{1:{2:{3:1}}}")]
    [InlineData("a.\"\".b = 1", "{a:{:{b:1}}}")]
    [InlineData("true = 1, 3 = 2, null = 3", "{true:1,3:2,null:3}")]
    [InlineData("a b c = 1", "{a b c:1}")]
    [InlineData("a.x = 42, a.y = 43", "{a:{x:42,y:43}}")]
    [InlineData("foo include = 1, \"include\" = 2, x = include, y = [include]", "{foo include:1,include:2,x:'include',y:['include']}")]
    public void Keys_are_paths(string hocon, string expected) => Json(hocon).ShouldBe(expected);

    [Theory]
    [InlineData("a..b = 1")]
    [InlineData(".a = 1")]
    [InlineData("a. = 1")]
    [InlineData(". = 1")]
    public void Empty_keys_in_a_path_must_be_quoted(string hocon) => MistakeIn(hocon).ShouldBe(
        "a.conf:1:1: this path begins or ends with '.' or has two of them in a row: an empty key must be written as '\"\"'.");

    [Fact]
    public void Every_value_knows_where_it_was_written()
    {
        var root = ConfigurationFactory.ParseString("a = 1\n  b {\n  c = [x,\n y] }", "a.conf").Root;

        root.Fields["a"].Origin.ToString().ShouldBe("a.conf:1:5");
        var b = root.Fields["b"].ShouldBeOfType<HoconObject>();
        b.Origin.ToString().ShouldBe("a.conf:2:5");
        b.Fields["c"].ShouldBeOfType<HoconArray>().Items[1].Origin.ToString().ShouldBe("a.conf:4:2");
    }
}
