"""What the door lets through: containers and codecs that carry their own bytes and point at nothing.

Left out on purpose: every playlist or index (hls, dash, concat, image2, sdp, rtsp, webm_dash_manifest, imf …), every
device and generator (lavfi, v4l2 …), every text or vector format that may refer to other files (subtitles, svg).
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Names as libavformat gives them; one demuxer may answer to several.
CONTAINERS = _names("""
    mov mp4 m4a 3gp 3g2 mj2 matroska webm mpegts mpeg mpegvideo h264 hevc avi asf flv ogg wav w64 mp3 aac flac
    ac3 eac3 amr amrnb amrwb aiff caf au gsm dv mxf ivf obu m4v h263 mjpeg rm nut swf gxf av1 opus tta wv ape
    gif apng jpeg_pipe png_pipe webp_pipe bmp_pipe tiff_pipe jpegxl_pipe
""")

CODECS = _names("""
    h264 hevc h263 h263p h261 mpeg4 msmpeg4v1 msmpeg4 msmpeg4v2 mpeg1video mpeg2video vp6 vp6f vp7 vp8 vp9
    libdav1d av1 libvpx libvpx-vp9 vc1 wmv1 wmv2 wmv3 mjpeg mjpegb svq1 svq3 cinepak flv theora dvvideo prores dnxhd
    rawvideo ffv1 huffyuv ffvhuff utvideo rv10 rv20 rv30 rv40 rpza qtrle cfhd jpeg2000 indeo3 indeo5 v210
    gif apng png webp bmp tiff jpegxl libjxl
    aac aac_fixed aac_latm mp3 mp3float mp2 mp2float mp1 mp1float ac3 ac3_fixed eac3 opus libopus vorbis libvorbis
    flac alac amrnb amrwb libopencore_amrnb libopencore_amrwb gsm gsm_ms wmav1 wmav2 wmapro wmavoice qcelp nellymoser
    speex libspeex adpcm_ima_qt adpcm_ima_wav adpcm_ms adpcm_swf adpcm_yamaha adpcm_g722 adpcm_g726 cook dca tta
    wavpack ape truehd pcm_alaw pcm_mulaw pcm_u8 pcm_s8 pcm_s16le pcm_s16be pcm_s24le pcm_s24be pcm_s32le pcm_s32be
    pcm_f32le pcm_f32be pcm_f64le pcm_f64be pcm_s16le_planar pcm_bluray pcm_dvd
""")

# Containers that hold one still image: their time is a muxer's fiction.
STILLS = _names("jpeg_pipe png_pipe webp_pipe bmp_pipe tiff_pipe jpegxl_pipe")

# Containers whose seeks land on timestamps that stand in the file; elsewhere a window is reached by decoding up to it.
SEEKABLE = _names("mov matroska wav w64 flac")

# Bare streams of one codec: their declared duration is a guess from size and bit rate.
UNTIMED = _names("aac ac3 eac3 amr amrnb amrwb gsm dts h264 hevc m4v h263 mpegvideo mjpeg obu")
