using Sluice.Journal.Contract;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests;

public sealed class ContractSpecs
{
    [Fact]
    public void Pool_6_every_part_of_the_contract_is_run_against_every_kind_of_journal()
    {
        var contracts = typeof(JournalContract).Assembly.GetTypes().Where(type => type.IsAbstract && type.IsSubclassOf(typeof(JournalContract))).ToArray();
        var specs = typeof(ContractSpecs).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true }).ToArray();

        contracts.Length.ShouldBeGreaterThan(2);
        foreach (var contract in contracts)
        {
            var kinds = specs.Where(type => type.IsSubclassOf(contract)).Select(type => type.Namespace!.Split('.')[^1]);
            kinds.Order().ShouldBe(Enum.GetNames<JournalKind>().Order(), contract.Name);
        }
    }
}
