namespace Sluice.Instruments.Tests;

public sealed class ItemViewSpecs
{
    [Fact]
    public void A_view_gives_the_value_its_class_and_its_text()
    {
        var number = 42;
        var text = "hello";

        ItemView.Of(in number).Value.ShouldBe(42);
        ItemView.Of(in number).Type.ShouldBe(typeof(int));
        ItemView.Of(in number).ToString().ShouldBe("42");
        ItemView.Of(in text).Value.ShouldBeSameAs(text);
        ItemView.Of(in text).ToString().ShouldBe("hello");
        default(ItemView).Value.ShouldBeNull();
    }

    [Fact]
    public void A_view_gives_a_struct_without_boxing_and_a_reference_as_any_of_its_classes()
    {
        (int, string) pair = (1, "one");
        object text = "hello";

        ItemView.Of(in pair).TryGet<(int, string)>(out var same).ShouldBeTrue();
        same.ShouldBe(pair);
        ItemView.Of(in text).TryGet<string>(out var asText).ShouldBeTrue();
        asText.ShouldBe("hello");
        ItemView.Of(in pair).TryGet<string>(out _).ShouldBeFalse();
    }

    [Fact]
    public void A_view_of_a_struct_allocates_nothing_until_it_is_asked_for_the_value()
    {
        var seen = 0L;
        var allocated = Allocations.Of(() =>
        {
            var number = 42L;
            ItemView.Of(in number).TryGet(out long value);
            seen += value;
        });

        allocated.ShouldBe(0);
        seen.ShouldBePositive();
    }
}
