using System.Collections;
using System.Text;
using System.Text.Json;
using Elsa.Expressions.Helpers;
using Elsa.Persistence;
using Elsa.Workflows.Exceptions;

namespace Elsa.Email
{
    /// <summary>Reads what a definition attaches to a mail.</summary>
    internal static class MailFiles
    {
        public static IReadOnlyList<MailFile> Of(object? attachments)
        {
            IEnumerable<object?> items = attachments switch
            {
                null => [],
                string text when string.IsNullOrWhiteSpace(text) => [],
                string text when text.AsSpan().TrimStart() is ['[' or '{', ..] => Of(text.ConvertTo<JsonElement>()),
                JsonElement json => Of(JsonValues.Read(json)),
                string or byte[] or IDictionary<string, object?> => [attachments],
                IEnumerable many => many.Cast<object?>(),
                _ => [attachments],
            };
            return [.. items.OfType<object>().Select((item, index) => Read(item, $"Attachment-{index + 1}"))];
        }

        private static MailFile Read(object item, string name) => item switch
        {
            MailFile ready => ready,
            byte[] bytes => new MailFile(name, "application/octet-stream", bytes),
            Models.EmailAttachment file => new MailFile(file.FileName ?? name, file.ContentType ?? "application/octet-stream", Bytes(file.Content)),
            IDictionary<string, object?> map => Read(map.ConvertTo<Models.EmailAttachment>()!, name),
            // A path or a URL would let whoever draws a definition read this host's files and network.
            string => throw new FaultException("InvalidAttachment", "Email", "System", "Files are attached by their content: neither paths nor URLs are read."),
            _ => new MailFile(name, "application/json", Encoding.UTF8.GetBytes(StoredValues.ToJson(item, isPlain: true) ?? "")),
        };

        /// <summary>A text is base64, as bytes are in JSON.</summary>
        private static byte[] Bytes(object? content) => content.ConvertTo<byte[]>() ?? [];
    }
}

namespace Elsa.Email.Models
{
    /// <summary>A file to attach.</summary>
    public class EmailAttachment
    {
        /// <summary>Bytes, or their base64.</summary>
        public object? Content { get; set; }

        /// <summary>The name with its extension; null is made up.</summary>
        public string? FileName { get; set; }

        /// <summary>The media type (RFC 6838); null is <c>application/octet-stream</c>.</summary>
        public string? ContentType { get; set; }
    }
}
