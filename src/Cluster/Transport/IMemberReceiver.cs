namespace Sluice.Cluster.Transport;

/// <summary>
/// What a transport tells the member that joined through it. Calls come one after the other, never two at once, on threads of the transport's;
/// none may block or throw. Only <see cref="Refuse"/> may be called while another call runs.
/// </summary>
public interface IMemberReceiver
{
    /// <summary>
    /// Asked when another wants to join, or comes back after its connection was lost for longer than the grace. Quick and free of side effects.
    /// </summary>
    /// <returns><c>null</c> to let it in, or the sentence that it is refused with.</returns>
    string? Refuse(MemberInfo candidate);

    /// <summary>A member is there; also told for the receiver's own member, and for all that were there before it. Once per incarnation.</summary>
    void MemberUp(MemberInfo member);

    /// <summary>A member has said goodbye. Everything that it had sent before was received.</summary>
    void MemberLeft(MemberId member);

    /// <summary>A member is gone without a goodbye. It is not told again as up; the same process comes back as another incarnation.</summary>
    /// <param name="member">Who.</param>
    /// <param name="reason">Why, as a part of a sentence: <c>its connection to the broker was closed</c>.</param>
    void MemberLost(MemberId member, string reason);

    /// <summary>
    /// The others have lost this member (it was frozen or cut off), so it is a member no more: nothing is sent or received for it from now on, its
    /// consumptions have ended. It may join again as another incarnation.
    /// </summary>
    void Expelled(string reason);

    /// <summary>The state of the connection has changed.</summary>
    void StateChanged(TransportState state);

    /// <summary>A frame has come that was sent to this member or to all. The bytes are valid until the returned task completes.</summary>
    ValueTask ReceiveAsync(ReadOnlyMemory<byte> frame);
}
