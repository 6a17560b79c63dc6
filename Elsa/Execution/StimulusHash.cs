using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows
{
    /// <summary>Turns a stimulus into the text by which bookmarks and triggers find it.</summary>
    public interface IStimulusHasher
    {
        /// <summary>SHA-256 (FIPS 180-4) over name, payload as JSON and execution, in upper-case hex: 64 characters.</summary>
        /// <param name="stimulusName">Usually the type of the waiting activity.</param>
        /// <param name="payload">What the stimulus says; properties marked <see cref="ExcludeFromHashAttribute"/> do not count.</param>
        /// <param name="activityInstanceId">The one execution it is meant for; null for all.</param>
        string Hash(string stimulusName, object? payload = null, string? activityInstanceId = null);
    }
}

namespace Elsa.Execution
{
    /// <summary>SHA-256 over the stimulus's name, its payload as JSON, and the execution it is meant for.</summary>
    internal sealed class StimulusHash : Workflows.IStimulusHasher
    {
        private static readonly JsonSerializerOptions Options = new()
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
        };

        public static string Of(string name, object? payload, string? activityInstanceId = null)
        {
            var text = payload switch
            {
                null => "",
                string same => same,
                _ => JsonSerializer.Serialize(payload, payload.GetType(), Options),
            };
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', ((string?[])[name, text, activityInstanceId]).Where(part => !string.IsNullOrWhiteSpace(part))))));
        }

        public string Hash(string stimulusName, object? payload = null, string? activityInstanceId = null) => Of(stimulusName, payload, activityInstanceId);

        private static void LeaveOut(JsonTypeInfo type)
        {
            for (var i = type.Properties.Count - 1; i >= 0; i--)
            {
                if (type.Properties[i].AttributeProvider?.IsDefined(typeof(ExcludeFromHashAttribute), inherit: true) == true)
                    type.Properties.RemoveAt(i);
            }
        }
    }
}
