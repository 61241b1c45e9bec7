using System.Net.Http.Headers;
using System.Xml;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using Microsoft.OData.UriParser;

// What Microsoft's own OData library says of a running ledger: its model, the URLs of its requests, its answers.
// Arguments: the service root, a token, and the requests to read, one a line on standard input.

var root = new Uri(args[0].TrimEnd('/') + "/");
using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new("Bearer", args[1]);
var failures = 0;

void Report(string subject, string? problem)
{
    Console.WriteLine($"{(problem is null ? "good" : "BAD ")} {subject}{(problem is null ? "" : ": " + problem)}");
    if (problem is not null) failures += 1;
}

string? Try(Action action)
{
    try { action(); return null; }
    catch (Exception exception) { return exception.Message; }
}

using var anonymous = new HttpClient();
var xml = await anonymous.GetStringAsync(new Uri(root, "$metadata"));

// The library knows the vocabularies that it needs itself. Of this one a value is to be found, so that it can be checked.
const string Aggregation = """
    <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
      <Schema Namespace="Org.OData.Aggregation.V1" xmlns="http://docs.oasis-open.org/odata/ns/edm">
        <EnumType Name="RollupType">
          <Member Name="None" Value="0" /><Member Name="SingleHierarchy" Value="1" /><Member Name="MultipleHierarchies" Value="2" />
        </EnumType>
      </Schema>
    </edmx:DataServices></edmx:Edmx>
    """;
using var vocabulary = XmlReader.Create(new StringReader(Aggregation));
var references = CsdlReader.TryParse(vocabulary, out IEdmModel aggregation, out _) ? new[] { aggregation } : [];
using var reader = XmlReader.Create(new StringReader(xml));
if (!CsdlReader.TryParse(reader, references, out IEdmModel model, out IEnumerable<EdmError> errors))
{
    Report("CsdlReader", string.Join("; ", errors));
    return 1;
}
Report("CsdlReader", null);
model.Validate(out IEnumerable<EdmError> problems);
foreach (var problem in problems)
{
    var at = problem.ErrorLocation is CsdlLocation { LineNumber: > 0 } place ? xml.Split('\n')[place.LineNumber - 1] : "";
    var from = Math.Max(0, (problem.ErrorLocation as CsdlLocation)?.LinePosition - 100 ?? 0);
    Report("validation of the model", $"{problem} … {at[from..Math.Min(at.Length, from + 250)]}");
}
if (!problems.Any()) Report("validation of the model", null);

var json = await anonymous.GetStringAsync(new Uri(root, "$metadata?$format=json"));
var utf8 = new System.Text.Json.Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
var isModel = CsdlReader.TryParse(ref utf8, out IEdmModel? fromJson, out IEnumerable<EdmError> jsonErrors);
Report("CsdlReader on JSON", isModel ? null : string.Join("; ", jsonErrors));

while (Console.ReadLine() is { } line)
{
    var parser = new ODataUriParser(model, root, new Uri(root, line))
    {
        UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash,
        // The library itself does not look at Core.DefaultNamespace.
        Resolver = new UnqualifiedODataUriResolver(),
    };
    ODataUri? uri = null;
    Report($"ODataUriParser   {line}", Try(() => uri = parser.ParseUri()));
    using var response = await http.GetAsync(new Uri(root, line));
    var message = new Message(response, await response.Content.ReadAsByteArrayAsync());
    var settings = new ODataMessageReaderSettings { BaseUri = root, EnableMessageStreamDisposal = false };
    Report($"ODataMessageReader {line}", Try(() => Read(new ODataMessageReader(message, settings, model), uri)));
}
return failures == 0 ? 0 : 1;

void Read(ODataMessageReader messages, ODataUri? uri)
{
    var kinds = messages.DetectPayloadKind().Select(detected => detected.PayloadKind).ToList();
    if (kinds.Contains(ODataPayloadKind.ServiceDocument)) { messages.ReadServiceDocument(); return; }
    if (uri?.Path?.LastSegment is CountSegment) { messages.ReadValue(EdmCoreModel.Instance.GetInt32(false)); return; }
    var items = kinds.Contains(ODataPayloadKind.ResourceSet)
        ? messages.CreateODataResourceSetReader()
        : messages.CreateODataResourceReader();
    var count = 0;
    while (items.Read()) if (items.State == ODataReaderState.ResourceEnd) count += 1;
    if (count == 0) throw new InvalidOperationException("nothing was read");
}

sealed class Message(HttpResponseMessage response, byte[] body) : IODataResponseMessage
{
    public IEnumerable<KeyValuePair<string, string>> Headers =>
        response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(",", header.Value)));
    public int StatusCode { get => (int)response.StatusCode; set { } }
    public string GetHeader(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    public Stream GetStream() => new MemoryStream(body);
    public void SetHeader(string name, string value) { }
}
