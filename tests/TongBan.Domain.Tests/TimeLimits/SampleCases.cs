using Dapper;
using Npgsql;

namespace TongBan.Domain.Tests.TimeLimits;

/// <summary>Rows of cases for clocks to belong to.</summary>
internal static class SampleCases
{
    /// <summary>Stores received cases of the city hall for 博罗县.</summary>
    public static Task AddAsync(NpgsqlConnection connection, params string[] numbers) => connection.ExecuteAsync(
        """
        insert into tongban.cases (number, secret, idempotency_key, item_code, item_name, mode, hall, window_number, jurisdiction, authority, state,
            applicant_type, applicant_name, applicant_id_number, applicant_phone, delivery_kind, delivery_address, definition_id, opened_by, opened_at)
        select number, 'SAMPLE', number, 'SCJG-001', '示例事项', 2, 'H441300', 1, '441322', '441322-SCJG', 'received',
            'person', '示例申请人', '11010519491231002X', '13800000000', 'courier', '示例路1号', 'mode-2', 'clerk.city', now()
        from unnest(@numbers) as number
        """,
        new { numbers });
}
