namespace Sluice.Hocon.Tests;

public sealed class SubstitutionSpecs
{
    private static string? Environment(string name) => name switch
    {
        "HOME" => "/root",
        "EMPTY" => "",
        "LIST_0" => "x",
        "LIST_1" => "y",
        _ => null,
    };

    private static string Json(string hocon) => Compact.Of(Read(hocon).Root);

    private static Config Read(string hocon) => ConfigurationFactory.ParseString(hocon, "a.conf").WithEnvironment(Environment);

    [Fact]
    public void A_substitution_takes_the_value_and_its_type() => Json("a : ${b}, b : 42").ShouldBe("{a:42,b:42}");

    [Fact]
    public void A_substitution_takes_a_whole_object() => Json("a : ${b}, b : { c : 1 }").ShouldBe("{a:{c:1},b:{c:1}}");

    [Fact]
    public void A_substitution_looks_forward_to_the_latest_value() => Json("a : 1, b : ${a}, a : 2").ShouldBe("{a:2,b:2}");

    [Fact]
    public void An_undefined_substitution_is_an_error_that_tells_the_remedy() =>
        Should.Throw<ConfigException>(() => Json("a = 1\nb = ${c.d}")).Message.ShouldBe(
            "a.conf:2:5: ${c.d} has no value: set 'c.d', in the configuration or the environment, or write ${?c.d} if it may be missing.");

    [Fact]
    public void An_undefined_optional_substitution_creates_no_field() => Json("a : ${?b}, c : 1").ShouldBe("{c:1}");

    [Fact]
    public void An_undefined_optional_substitution_leaves_the_earlier_value() => Json("a : 1, a : ${?b}").ShouldBe("{a:1}");

    [Fact]
    public void An_undefined_optional_substitution_adds_no_element() => Json("a : [1, ${?b}, 2]").ShouldBe("{a:[1,2]}");

    [Fact]
    public void An_undefined_optional_substitution_is_empty_in_a_text() => Json("a : x${?b}y").ShouldBe("{a:'xy'}");

    [Fact]
    public void An_undefined_optional_substitution_is_empty_beside_an_object_or_a_list() =>
        Json("a : ${?x}{b:1}, c : ${?x} [1]").ShouldBe("{a:{b:1},c:[1]}");

    [Fact]
    public void A_field_of_undefined_optional_substitutions_only_is_not_created() => Json("a : ${?b}${?c}").ShouldBe("{}");

    [Fact]
    public void A_substitution_falls_back_to_the_environment() => Json("a : ${HOME}, b : ${?EMPTY}").ShouldBe("{a:'/root',b:''}");

    [Fact]
    public void A_list_comes_from_numbered_variables() => Json("a : ${LIST[]}, b : ${?NOLIST[]}").ShouldBe("{a:['x','y']}");

    [Fact]
    public void A_key_set_to_null_is_not_looked_up_in_the_environment() => Json("HOME : null, a : ${HOME}").ShouldBe("{HOME:null,a:null}");

    [Fact]
    public void A_field_may_extend_its_earlier_value() => Json("path : \"a:b\", path : ${path}\":c\"").ShouldBe("{path:'a:b:c'}");

    [Fact]
    public void A_list_may_extend_its_earlier_value() => Json("p = [1], p = ${p} [2]").ShouldBe("{p:[1,2]}");

    [Fact]
    public void Plus_equals_appends() => Json("a += 1, a += 2, a += ${b}, b = 3").ShouldBe("{a:[1,2,3],b:3}");

    [Fact]
    public void A_self_reference_without_an_earlier_value_is_an_error() =>
        Should.Throw<ConfigException>(() => Json("a = ${a}")).Message.ShouldBe(
            "a.conf:1:5: ${a} refers to the value that it is part of, and 'a' has no earlier value: set one before.");

    [Fact]
    public void An_optional_self_reference_without_an_earlier_value_disappears() => Json("a = ${?a}, b = ${?b}foo").ShouldBe("{b:'foo'}");

    [Fact]
    public void A_hidden_substitution_is_never_looked_at() => Json("a : ${nowhere}, a : 42").ShouldBe("{a:42}");

    [Fact]
    public void A_self_reference_may_name_a_part_of_the_earlier_value() =>
        Json("foo : { a : { c : 1 } }, foo : ${foo.a}, foo : { a : 2 }").ShouldBe("{foo:{a:2,c:1}}");

    [Fact]
    public void An_object_may_refer_to_its_own_fields() =>
        Json("bar : { foo : 42, baz : ${bar.foo} }, bar : { foo : 43 }").ShouldBe("{bar:{foo:43,baz:43}}");

    [Fact]
    public void Objects_may_refer_to_each_other() =>
        Json("bar : { a : ${foo.d}, b : 1 }, bar.b = 3, foo : { c : ${bar.b}, d : 2 }, foo.d = 4")
            .ShouldBe("{bar:{a:4,b:3},foo:{c:3,d:4}}");

    [Fact]
    public void A_loop_is_an_error_that_shows_it() =>
        Should.Throw<ConfigException>(() => Json("a : ${b}, b : ${c}, c : ${a}")).Message.ShouldBe(
            "a.conf:1:25: ${a} closes a circle: ${b} -> ${c} -> ${a}: give one of them a value that does not depend on the others.");

    [Fact]
    public void Two_fields_that_swap_end_up_equal() => Json("a : 1, b : 2, a : ${b}, b : ${a}").ShouldBe("{a:1,b:1}");

    [Fact]
    public void An_object_that_contains_itself_is_an_error() =>
        Should.Throw<ConfigException>(() => Json("a : { b : ${a} }")).Message.ShouldBe(
            "a.conf:1:11: 'a.b' contains itself by way of ${a}: refer to a part of it instead.");

    [Fact]
    public void A_list_that_contains_itself_is_an_error() => Should.Throw<ConfigException>(() => Json("a : [${a}]"));

    [Fact]
    public void An_object_that_optionally_contains_itself_does_not() => Json("a : { b : ${?a}, c : 1 }").ShouldBe("{a:{c:1}}");

    [Fact]
    public void Objects_inherit_by_concatenation() =>
        Json("base = { size = 6 }, east = ${base} { name = e }, west = ${base} { size = 7 }")
            .ShouldBe("{base:{size:6},east:{size:6,name:'e'},west:{size:7}}");

    [Fact]
    public void A_reference_may_use_what_an_inheriting_object_defines() =>
        Json("x = {k:1}, a = ${x} { c : 2, d : ${a.c}, e : ${a.k} }").ShouldBe("{x:{k:1},a:{k:1,c:2,d:2,e:1}}");

    [Fact]
    public void An_inherited_field_may_be_extended() =>
        Json("base = { l = [1] }, a = ${base} { l += 2 }, b = ${base} { l = ${b.l} [3] }")
            .ShouldBe("{base:{l:[1]},a:{l:[1,2]},b:{l:[1,3]}}");

    [Fact]
    public void A_copy_keeps_what_its_original_looked_back_to() =>
        Json("x { b = 1, b = ${x.b}2 }, a = ${x}, a { b = ${a.b}3 }").ShouldBe("{x:{b:'12'},a:{b:'123'}}");
}
