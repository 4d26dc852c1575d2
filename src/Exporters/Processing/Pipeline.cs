using System.Collections.Immutable;

namespace Sluice.Exporters.Processing;

/// <summary>An immutable list of stages. A change makes a new one, so that an exporter and its copies share it until one of them changes it.</summary>
internal sealed class Pipeline
{
    private Pipeline(ImmutableArray<Stage> stages) => Stages = stages;

    public static Pipeline Empty { get; } = new([]);

    public ImmutableArray<Stage> Stages { get; }

    /// <exception cref="PipelineException">The name is taken, the place is unknown or given twice, or the neighbours' types do not fit.</exception>
    public Pipeline Add(Stage stage, int? position, string? before, string? after)
    {
        if (stage.Name is { } name && Stages.Any(other => other.Name == name))
        {
            throw new PipelineException($"A processor named '{name}' is there already; choose another name or remove that one first.");
        }

        var index = PlaceFor(position, before, after);
        if (index > 0)
        {
            Fit(Stages[index - 1], stage);
        }

        if (index < Stages.Length)
        {
            Fit(stage, Stages[index]);
        }

        return new Pipeline(Stages.Insert(index, stage));
    }

    /// <exception cref="PipelineException">There is none of that name.</exception>
    public Pipeline Remove(string name) => new(Stages.RemoveAt(IndexOf(name)));

    /// <exception cref="PipelineException">The index is out of range.</exception>
    public Pipeline Remove(int index) => index >= 0 && index < Stages.Length
        ? new(Stages.RemoveAt(index))
        : throw new PipelineException($"There is no processor at index {index}; there are {Stages.Length}, numbered from 0.");

    /// <exception cref="PipelineException">It is not in the pipeline.</exception>
    public Pipeline Remove(IProcessor processor)
    {
        var index = Stages.ToList().FindIndex(stage => ReferenceEquals(stage.Processor, processor));
        return index >= 0
            ? new(Stages.RemoveAt(index))
            : throw new PipelineException($"This {processor.GetType().Name} is not in the pipeline.");
    }

    public IProcessor Get(string name) => Stages[IndexOf(name)].Processor;

    /// <summary>Checks that items of one type come out as items, or lists of items, of the other.</summary>
    /// <exception cref="PipelineException">Two neighbours, or an end, do not fit.</exception>
    public void CheckEnds(Type input, Type output)
    {
        for (var i = 1; i < Stages.Length; i++)
        {
            Fit(Stages[i - 1], Stages[i]);
        }

        if (Stages.Length > 0 && !Stages[0].Processor.InputType.IsAssignableFrom(input))
        {
            throw new PipelineException(
                $"The pipeline gets {Named(input)}, but its first processor {Stages[0].Title} takes {Named(Stages[0].Processor.InputType)}.");
        }

        var last = Stages.Length > 0 ? Stages[^1].Processor.OutputType : input;
        if (!output.IsAssignableFrom(last) && !typeof(IReadOnlyList<>).MakeGenericType(output).IsAssignableFrom(last))
        {
            throw new PipelineException(
                $"The pipeline ends with {Named(last)}, but {Named(output)} or a list of it is exported; add a processor that makes it.");
        }
    }

    private int PlaceFor(int? position, string? before, string? after)
    {
        if ((position is null ? 0 : 1) + (before is null ? 0 : 1) + (after is null ? 0 : 1) > 1)
        {
            throw new PipelineException("Only one of position, before and after can say where a processor goes.");
        }

        if (position is { } index && (index < 0 || index > Stages.Length))
        {
            throw new PipelineException($"Position {index} is out of range; give one from 0 to {Stages.Length}.");
        }

        return position ?? (before is not null ? IndexOf(before) : after is not null ? IndexOf(after) + 1 : Stages.Length);
    }

    private int IndexOf(string name)
    {
        var index = Stages.ToList().FindIndex(stage => stage.Name == name);
        return index >= 0 ? index : throw new PipelineException($"There is no processor named '{name}'; {KnownNames()}.");
    }

    private string KnownNames()
    {
        var names = Stages.Where(stage => stage.Name is not null).Select(stage => stage.Title).ToList();
        return names.Count == 0 ? "none has a name" : $"there are {string.Join(", ", names)}";
    }

    private static void Fit(Stage first, Stage second)
    {
        if (!second.Processor.InputType.IsAssignableFrom(first.Processor.OutputType))
        {
            throw new PipelineException(
                $"Processor {first.Title} gives {Named(first.Processor.OutputType)}, but {second.Title} behind it takes {Named(second.Processor.InputType)}.");
        }
    }

    private static string Named(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Named))}>"
        : type.Name;
}
