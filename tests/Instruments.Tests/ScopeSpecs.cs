namespace Sluice.Instruments.Tests;

public sealed class ScopeSpecs
{
    [Fact]
    public async Task Instruments_2_1_A_scope_holds_across_awaits_and_for_tasks_started_inside()
    {
        var puts = new Puts();

        using (puts.Enter())
        {
            await Task.Yield();
            Puts.Fire(Instruments.Active, 1);
            await Task.Run(() => Puts.Fire(Instruments.Active, 2));
        }

        puts.Items.ShouldBe([1, 2]);
    }

    [Fact]
    public void Instruments_2_1_Push_is_the_same_as_Enter()
    {
        var puts = new Puts();

        using (Instruments.Push(puts))
        {
            Instruments.Current.ShouldBeSameAs(puts);
        }

        Instruments.Active.ShouldBeNull();
    }

    [Fact]
    public void Instruments_2_1_A_scope_is_gone_at_its_end_whatever_happens_inside()
    {
        Should.Throw<InvalidOperationException>(static () =>
        {
            using (new Puts().Enter())
            {
                throw new InvalidOperationException();
            }
        });

        Instruments.Active.ShouldBeNull();
    }

    [Fact]
    public void Instruments_2_1_A_scope_is_gone_also_for_what_was_started_inside_and_lives_on()
    {
        var outer = new Puts();
        var inner = new Puts();
        CompositeInstrument? kept;
        using (outer.Enter())
        {
            using (inner.Enter())
            {
                kept = Instruments.Active;
            }

            Puts.Fire(kept, 1);
        }

        Puts.Fire(kept, 2);

        inner.Items.ShouldBeEmpty();
        outer.Items.ShouldBe([1]);
        kept!.Living().ShouldBeNull();
    }

    [Fact]
    public async Task Instruments_2_1_A_task_that_outlives_the_scope_finds_it_ended()
    {
        var scopeEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<EventLoopInstrument> late;
        using (new Puts().Enter())
        {
            late = Task.Run(async () =>
            {
                await scopeEnded.Task;
                return Instruments.Current;
            });
        }

        scopeEnded.SetResult();

        (await late).ShouldBeSameAs(Instruments.Current);
    }

    [Fact]
    public void Instruments_2_1_A_scope_is_not_seen_beside_it()
    {
        var flow = ExecutionContext.Capture()!;

        using (new Puts().Enter())
        {
            ExecutionContext.Run(flow, static _ => Instruments.Active.ShouldBeNull(), null);
        }
    }

    [Fact]
    public void Instruments_2_1_Nested_instruments_all_get_every_event_the_innermost_first()
    {
        List<string> log = [];
        using var first = new Puts("outer ", log).Enter();
        using var second = new Puts("middle ", log).Enter();
        using var third = new Puts("inner ", log).Enter();

        Puts.Fire(Instruments.Current, 7);

        log.ShouldBe(["inner 7", "middle 7", "outer 7"]);
    }

    [Fact]
    public void Instruments_2_1_Scopes_may_end_in_any_order()
    {
        var outer = new Puts();
        var inner = new Puts();
        var outerScope = outer.Enter();
        using var innerScope = inner.Enter();

        outerScope.Dispose();
        outerScope.Dispose();

        Instruments.Current.ShouldBeSameAs(inner);
    }

    [Fact]
    public void Instruments_2_2_Current_does_nothing_with_none_is_the_one_or_is_a_composite()
    {
        var one = new Puts();

        Instruments.Current.Hooks.ShouldBe(InstrumentHooks.None);
        Puts.Fire(Instruments.Current, "nobody looks");

        using (one.Enter())
        {
            Instruments.Current.ShouldBeSameAs(one);

            using (new Puts().Enter())
            {
                Instruments.Current.ShouldBeOfType<CompositeInstrument>().Scopes.Length.ShouldBe(2);
            }

            Instruments.Current.ShouldBeSameAs(one);
        }
    }

    [Fact]
    public void An_instrument_is_added_to_what_already_runs_by_a_detached_scope()
    {
        var early = new Puts();
        var late = new Puts();
        using var scope = early.Enter();

        var subscription = InstrumentScope.Detached(late);
        var watchers = CompositeInstrument.With(Instruments.Active, subscription);
        Puts.Fire(watchers, 1);
        subscription.Dispose();
        Puts.Fire(watchers, 2);

        late.Items.ShouldBe([1]);
        early.Items.ShouldBe([1, 2]);
        Instruments.Current.ShouldBeSameAs(early);
    }
}
