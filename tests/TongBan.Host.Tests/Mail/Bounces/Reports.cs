using System.Text;

namespace TongBan.Host.Tests.Mail.Bounces;

/// <summary>Delivery reports as mail servers in use write them.</summary>
internal static class Reports
{
    /// <summary>The shapes by name; each needs the sent mail's Message-Id and its recipient.</summary>
    public static byte[] Of(string shape, string id, string to, string action = "failed", string status = "5.1.1") => Encoding.UTF8.GetBytes((shape switch
    {
        "postfix" => Postfix(id, to, action, status),
        "exchange" => Exchange(id, to, action, status),
        "bare" => Bare(id, to, action, status),
        "answer" => Answer(id, to, action, status),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    }).ReplaceLineEndings("\r\n"));

    /// <summary>With the headers of the mail that it returns.</summary>
    private static string Postfix(string id, string to, string action, string status) =>
        $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.city.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: noreply@city.example
        Auto-Submitted: auto-replied
        Message-Id: <{Guid.NewGuid():N}@mx.city.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="4F2C.1764141726/mx.city.example"

        This is a MIME-encapsulated message.

        --4F2C.1764141726/mx.city.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --4F2C.1764141726/mx.city.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.city.example
        X-Postfix-Queue-ID: 4F2C
        X-Postfix-Sender: rfc822; noreply@city.example
        Arrival-Date: Thu, 26 Nov 2026 09:00:00 +0800 (CST)

        Final-Recipient: rfc822; {to}
        Original-Recipient: rfc822;{to}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mail.example.com
        Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address
            rejected: User unknown

        --4F2C.1764141726/mx.city.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        From: noreply@city.example
        To: {to}
        Subject: sample
        Message-Id: <{id}>

        --4F2C.1764141726/mx.city.example--

        """;

    /// <summary>With the whole mail, encoded words, a comment behind the status, and the type of the report in capitals.</summary>
    private static string Exchange(string id, string to, string action, string status) =>
        $"""
        From: postmaster@example.com
        To: <noreply@city.example>
        Date: Thu, 26 Nov 2026 01:00:03 +0000
        Content-Type: multipart/report; report-type="DELIVERY-STATUS";
        	boundary="_9b1f_"
        Content-Language: zh-CN
        Message-ID: <{Guid.NewGuid():D}@EX01.example.com>
        In-Reply-To: <{id}>
        References: <{id}>
        Thread-Topic: sample
        Subject: =?utf-8?B?5peg5rOV5oqV6YCS?=
        MIME-Version: 1.0

        --_9b1f_
        Content-Type: multipart/alternative; boundary="_9b1f_alt_"

        --_9b1f_alt_
        Content-Type: text/html; charset="us-ascii"

        <html><body>Delivery has failed to these recipients or groups.</body></html>

        --_9b1f_alt_--

        --_9b1f_
        Content-Type: message/delivery-status

        Reporting-MTA: dns;EX01.example.com
        Received-From-MTA: dns;mx.city.example

        Original-Recipient: rfc822;{to}
        Final-recipient: RFC822;{to}
        Action: {action} (no such mailbox)
        Status: {status} (bad destination mailbox address)
        Diagnostic-code: smtp;550 {status} RESOLVER.ADR.RecipNotFound; not found
        X-Display-Name: sample

        --_9b1f_
        Content-Type: message/rfc822

        Received: from mx.city.example by EX01.example.com
        From: noreply@city.example
        To: {to}
        Subject: sample
        Message-ID: <{id}>
        MIME-Version: 1.0
        Content-Type: text/plain

        sample
        --_9b1f_--

        """;

    /// <summary>With nothing of the mail but the id of its envelope.</summary>
    private static string Bare(string id, string to, string action, string status) =>
        $"""
        From: Mail Delivery Subsystem <MAILER-DAEMON@relay.example>
        To: noreply@city.example
        Subject: Returned mail
        Message-ID: <{Guid.NewGuid():N}@relay.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=bare

        --bare
        Content-Type: text/plain

        The mail could not be delivered.
        --bare
        Content-Type: message/delivery-status

        Original-Envelope-Id: {id}
        Reporting-MTA: dns; relay.example

        Final-Recipient: RFC822; {to}
        Action: {action}
        Status: {status}

        --bare--

        """;

    /// <summary>With nothing of the mail at all; only its own headers say what it answers to.</summary>
    private static string Answer(string id, string to, string action, string status) =>
        Bare(id, to, action, status).Replace($"Original-Envelope-Id: {id}", "X-Queue: 1", StringComparison.Ordinal)
            .Replace("Subject: Returned mail", $"Subject: Returned mail\nReferences: <another@city.example>\n <{id}>", StringComparison.Ordinal);
}
