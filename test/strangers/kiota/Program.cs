using Ledger;
using Ledger.Models;
using Ledger.Models.ODataErrors;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

// The client that Kiota has generated creates, lists, changes, meets a typed error and deletes.
// Arguments: the origin of the ledger and a token.

var adapter = new HttpClientRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Given(args[1])));
var client = new LedgerClient(adapter);
var operations = client.ManagedTenantOperations;

void Expect(bool holds, string what)
{
    Console.WriteLine($"{(holds ? "good" : "BAD ")} {what}");
    if (!holds) Environment.ExitCode = 1;
}

var created = await operations.PostAsync(new ManagedTenantOperation
{
    PartnerTenantId = Guid.Parse("5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4"),
    PartnerUserId = Guid.Parse("c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8"),
    RequestId = Guid.Parse("3b7c9e10-58a2-4f6d-b1e4-90c5a7d2f836"),
    Name = "From a generated client",
    Target = new() { AllTenants = false, TenantIds = [Guid.NewGuid()] },
    OperationDefinition = new() { Values = ["x"], LogLevel = LogLevel.Summary },
    AdditionalData = new Dictionary<string, object> { ["ticket"] = "T-1" },
});
Expect(created?.Id is not null && created.Status == "notStarted" && created.CreatedDateTime is not null, "create");
Expect(created?.AdditionalData["ticket"] as string == "T-1", "a dynamic property comes back");

var page = await operations.GetAsync(request =>
{
    request.QueryParameters.Filter = "name eq 'From a generated client'";
    request.QueryParameters.Top = 5;
    request.QueryParameters.Count = true;
});
Expect(page?.Value?.Any(operation => operation.Id == created!.Id) == true && page.OdataCount > 0, "list");

var id = created!.Id!.Value;
var changed = await operations[id].PatchAsync(new ManagedTenantOperation { Status = "completed" });
Expect(changed?.Status == "completed" && changed.Name == created.Name, "patch");

try
{
    await operations.PostAsync(new ManagedTenantOperation { Name = "" });
    Expect(false, "a typed error");
}
catch (ODataError error)
{
    var details = error.Error?.Details?.Select(detail => detail.Target).ToList();
    Expect(error.ResponseStatusCode == 400 && error.Error?.Code == "badRequest" && details?.Contains("name") == true, "a typed error");
    Expect(error.Message == error.Error?.Message && error.Message != "", $"its message: {error.Message}");
}

var request = await client.TenantRelationships.DelegatedAdminRelationships["5e9a1d2c-7b34-4c58-9f06-3a8e2d71b6c4-0b7c2f11-93de-4a6f-8c25-d1e0947ab358"]
    .Requests.PostAsync(new DelegatedAdminRelationshipRequest { Action = DelegatedAdminRelationshipRequestAction.Approve });
Expect(request?.Status == DelegatedAdminRelationshipRequestStatus.Created, "an enumeration");

await operations[id].DeleteAsync();
try
{
    await operations[id].GetAsync();
    Expect(false, "delete");
}
catch (ODataError error)
{
    Expect(error.ResponseStatusCode == 404, "delete");
}

sealed class Given(string token) : IAccessTokenProvider
{
    public AllowedHostsValidator AllowedHostsValidator { get; } = new();
    public Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? context, CancellationToken cancel) => Task.FromResult(token);
}
